import { httpBatchLink, type HTTPHeaders, type TRPCLink } from '@trpc/client'
import type { AnyTRPCRouter } from '@trpc/server'
import { CallError, detailsOf } from './error.ts'
import type { RetryOptions } from './retries.ts'
import { retryLink } from './retry-link.ts'

/** As many calls as the server takes in one request. */
export const MAX_BATCH = 10

export type CallLinkOptions = {
  /** Where the calls go: `https://galley.example/trpc`, or a path in a browser. */
  url: string
  retries: RetryOptions | false
  timeoutMs: number
  headers?: HTTPHeaders | (() => HTTPHeaders)
  fetch?: typeof fetch
}

/**
 * Queries and mutations over HTTP, those of the same moment in one request: the part that the web app and
 * `createGalleyClient` have in common. For any router whose errors are Galley's and that has no transformer.
 */
export function callLinks<Router extends AnyTRPCRouter>({
  url,
  retries,
  timeoutMs,
  headers = {},
  fetch = platformFetch,
}: CallLinkOptions): TRPCLink<Router>[] {
  const batches = httpBatchLink({ url, maxItems: MAX_BATCH, headers, fetch: jsonOnly(fetch) })
  return [retryLink({ retries, timeoutMs }), batches]
}

/** A `fetch` that fails where the response is not from Galley: the page of a proxy has no JSON in it. */
export const jsonOnly =
  (send: typeof fetch): typeof fetch =>
  async (input, init) => {
    const response = await send(input, init)
    if (/\bjson\b/.test(response.headers.get('content-type') ?? '')) return response
    await response.body?.cancel()
    const message = `The server responded with ${response.status} without JSON.`
    throw new CallError('client/unexpected-answer', { message, ...detailsOf(response) })
  }

/** The platform's own, looked up at each call: tools that watch or replace it come later than this. */
export const platformFetch: typeof fetch = (input, init) => globalThis.fetch(input, init)
