import { setTimeout as sleep } from 'node:timers/promises'
import { Agent, fetch } from 'undici'
import { HttpError } from './error.ts'
import { readBody } from './read-body.ts'
import { isWorthRetrying, retryDelayMs } from './retry.ts'

export type HttpRequest = {
  url: string
  /** What is told of the path: with the names of its values, not the values, `/range/{prefix}`. Nothing unless set. */
  route?: string
  method?: string
  headers?: Record<string, string>
  body?: string
  /** For all attempts and the pauses between them: 10,000. */
  timeoutMs?: number
  /** Further attempts of a request that is safe to repeat: 2. */
  retries?: number
  /** Of the answer, decompressed: 1,000,000. More is an error. */
  maxBytes?: number
}

export type HttpResponse = { url: string; status: number; headers: Headers; body: string }

/** What one attempt came to; nothing of the address that may be a secret or a part of one. */
export type HttpAttempt = {
  host: string
  route?: string
  method: string
  attempt: number
  ms: number
  status?: number
  problem?: string
}

/** The one way out of this process over HTTP. */
export type HttpClient = {
  /**
   * Answers whatever status the other side gives. Throws HttpError for no answer in time, a broken connection, an
   * answer that is too large, a redirect (none is followed). Repeats GET, HEAD, OPTIONS, PUT and DELETE after network
   * failures, 429, 502, 503 and 504: with exponential backoff and full jitter, or as `Retry-After` says.
   */
  send(request: HttpRequest): Promise<HttpResponse>
  close(): Promise<void>
}

type Options = { onAttempt?: (attempt: HttpAttempt) => void; userAgent?: string }

const CONNECT_MS = 3000

export function createHttpClient({ onAttempt, userAgent = 'Galley' }: Options = {}): HttpClient {
  const dispatcher = new Agent({ connect: { timeout: CONNECT_MS }, pipelining: 1 })

  async function once(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    const { url, method = 'GET', headers = {}, body, maxBytes = 1_000_000 } = request
    const response = await fetch(url, {
      method,
      headers: { 'user-agent': userAgent, ...headers },
      ...(body !== undefined && { body }),
      redirect: 'manual',
      signal,
      dispatcher,
    })
    if (response.status >= 300 && response.status < 400 && response.headers.has('location')) {
      await response.body?.cancel()
      throw new HttpError('redirect', 'The server sent the request elsewhere')
    }
    const text = await readBody(response, maxBytes)
    return { url, status: response.status, headers: new Headers([...response.headers]), body: text }
  }

  return {
    async send(request) {
      const { route, method = 'GET', timeoutMs = 10_000, retries = 2 } = request
      const { host } = new URL(request.url)
      const deadline = performance.now() + timeoutMs
      const signal = AbortSignal.timeout(Math.ceil(timeoutMs))
      for (let attempt = 1; ; attempt += 1) {
        const started = performance.now()
        const outcome = await once(request, signal).catch((error: unknown) => HttpError.from(error))
        const failure = outcome instanceof HttpError ? outcome : undefined
        const status = outcome instanceof HttpError ? undefined : outcome.status
        const ms = Math.round(performance.now() - started)
        onAttempt?.({ host, route, method, attempt, ms, status, problem: failure?.kind })

        const pause = retryDelayMs(attempt, outcome)
        const hasTime = performance.now() + pause < deadline
        if (attempt > retries || !hasTime || !isWorthRetrying(method, outcome)) {
          if (outcome instanceof HttpError) throw outcome
          return outcome
        }
        await sleep(pause)
      }
    },
    close: () => dispatcher.destroy(),
  }
}
