import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

export type Seen = {
  method: string
  url: string
  headers: IncomingMessage['headers']
  body: string
}

/** A server that responds as a test says, and what it was asked. */
export async function serve(answer: (request: Seen, response: ServerResponse, at: number) => void) {
  const seen: Seen[] = []
  const server = createServer((request, response) => {
    void receive(request).then((one) => answer(one, response, seen.push(one)))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port')
  return { url: `http://127.0.0.1:${address.port}`, seen }
}

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
  const data = { code: 'X', httpStatus: status, reason, fields, requestId: 'r-1' }
  return { message: `Refused: ${reason}`, code: -32_000, data }
}

export const page = { items: [], page: { nextCursor: null } }

async function receive(request: IncomingMessage): Promise<Seen> {
  const { method = '', url = '', headers } = request
  return { method, url, headers, body: await text(request) }
}
