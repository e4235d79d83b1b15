import type { ServerResponse } from 'node:http'
import type { Seen } from './server.ts'

/** The response of tRPC to as many calls as came, each with the same result or failure. */
export function answerCalls(
  { url }: Seen,
  response: ServerResponse,
  outcome: { data: unknown } | { reason: string; status: number },
  headers: Record<string, string> = {},
) {
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  const calls = pathname.replace('/trpc/', '').split(',')
  const one = 'data' in outcome ? { result: outcome } : { error: errorShape(outcome) }
  const status = 'data' in outcome ? 200 : outcome.status
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(searchParams.has('batch') ? calls.map(() => one) : one))
}

function errorShape({ reason, status }: { reason: string; status: number }) {
  const fields = [{ path: 'tags.2', message: 'Too long.' }]
  const data = { code: 'X', httpStatus: status, reason, fields, requestId: 'r-1', traceId: 't-1' }
  return { message: `Refused: ${reason}`, code: -32_000, data }
}

export const page = { items: [], page: { nextCursor: null } }
