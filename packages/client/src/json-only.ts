import { CallError, detailsOf } from './error.ts'

/** A `fetch` that fails where the response is not from Galley: the page of a proxy has no JSON in it. */
export const jsonOnly =
  (send: typeof fetch): typeof fetch =>
  async (input, init) => {
    const response = await send(input, init)
    if (/\bjson\b/.test(response.headers.get('content-type') ?? '')) return response
    await response.body?.cancel()
    const message = `The server answered ${response.status} without JSON.`
    throw new CallError('client/unexpected-answer', { message, ...detailsOf(response) })
  }

/** The platform's own, looked up at each call: tools that watch or replace it come later than this. */
export const platformFetch: typeof fetch = (input, init) => globalThis.fetch(input, init)
