import { CallError, detailsOf } from './error.ts'
import type { GalleyReason } from './failure.ts'
import { mayPass, waitMs } from './retries.ts'
import type { FieldError } from './api.gen.ts'

/** Posts JSON to where tokens are given out, and again for a while where that may help. Throws a `GalleyError`. */
export async function post(
  send: typeof fetch,
  url: string,
  body: object,
  patienceMs: number,
): Promise<unknown> {
  const until = performance.now() + patienceMs
  for (let failures = 1; ; failures++) {
    try {
      // A signal counts in whole milliseconds.
      return await postOnce(send, url, body, Math.ceil(until - performance.now()))
    } catch (error) {
      if (!(error instanceof CallError) || !mayPass(error)) throw error
      const wait = waitMs(failures, error, {})
      if (performance.now() + wait >= until) throw error
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
}

async function postOnce(send: typeof fetch, url: string, body: object, timeoutMs: number) {
  const response = await send(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    credentials: 'omit',
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((cause: unknown) => {
    throw new CallError('client/unreachable', { message: 'The server did not answer.', cause })
  })
  const content: unknown = await response.json().catch(() => undefined)
  if (response.ok) return content
  throw failureOf(response, content)
}

type Problem = { reason?: GalleyReason; message?: string; detail?: string; fields?: FieldError[] }

/** What a response that is no success says. */
export function failureOf(response: Response, content: unknown) {
  const problem: Problem = typeof content === 'object' && content !== null ? content : {}
  const { reason = 'client/unexpected-answer', fields = [] } = problem
  const message = problem.detail ?? problem.message ?? `The server answered ${response.status}.`
  return new CallError(reason, { ...detailsOf(response), message, fields })
}
