import { setTimeout as sleep } from 'node:timers/promises'
import { currentTraceparent, fail, inSpan } from '@galley/tracing/span'
import type { Response } from 'undici'
import { HttpError } from './error.ts'

export type HttpRequest = {
  url: string
  /** What is reported of the path: the names of its values in their place, `/range/{prefix}`. Nothing unless set. */
  route?: string
  method?: string
  headers?: Record<string, string>
  body?: string
  /** For all attempts and the pauses between them: 10,000. */
  timeoutMs?: number
  /** Further attempts of a request that is safe to repeat: 2. */
  retries?: number
  /** Of the response's body, decompressed: 1,000,000. More is an error. */
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

/** Every HTTP request that this process makes goes through it. */
export type HttpClient = {
  /**
   * Returns the response, whatever its status. Throws HttpError for no response in time, a broken connection, a
   * response that is too large, a redirect (none is followed). Repeats GET, HEAD, OPTIONS, PUT and DELETE after network
   * failures, 429, 502, 503 and 504: with exponential backoff and full jitter, or as `Retry-After` says.
   */
  send(request: HttpRequest): Promise<HttpResponse>
  close(): Promise<void>
}

type Options = { onAttempt?: (attempt: HttpAttempt) => void; userAgent?: string }

const CONNECT_MS = 3000
const BASE_PAUSE_MS = 200
const MAX_PAUSE_MS = 5000

export function createHttpClient({ onAttempt, userAgent = 'Galley' }: Options = {}): HttpClient {
  let opened: ReturnType<typeof open> | undefined

  async function once(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    const { url, method = 'GET', headers = {}, body, maxBytes = 1_000_000 } = request
    const traceparent = currentTraceparent()
    const { fetch, dispatcher } = await (opened ??= open())
    const response = await fetch(url, {
      method,
      headers: { 'user-agent': userAgent, ...(traceparent && { traceparent }), ...headers },
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
        const outcome = await traced(request, attempt, () => once(request, signal))
        const failure = outcome instanceof HttpError ? outcome : undefined
        const status = outcome instanceof HttpError ? undefined : outcome.status
        const ms = Math.round(performance.now() - started)
        onAttempt?.({ host, route, method, attempt, ms, status, problem: failure?.kind })

        const pause = pauseMs(attempt, outcome)
        const hasTime = performance.now() + pause < deadline
        if (attempt > retries || !hasTime || !isWorthRetrying(method, outcome)) {
          if (outcome instanceof HttpError) throw outcome
          return outcome
        }
        await sleep(pause)
      }
    },
    async close() {
      const client = await opened
      await client?.dispatcher.destroy()
    },
  }
}

/** A span for each attempt (HTTP semantic conventions): of the address it has the host and the route, as the log has. */
const traced = (
  { url, route, method = 'GET' }: HttpRequest,
  attempt: number,
  send: () => Promise<HttpResponse>,
) => {
  const { hostname, port, protocol } = new URL(url)
  const attributes = {
    'http.request.method': method,
    'server.address': hostname,
    'server.port': Number(port) || (protocol === 'https:' ? 443 : 80),
    ...(route !== undefined && { 'url.template': route }),
    ...(attempt > 1 && { 'http.request.resend_count': attempt - 1 }),
  }
  const name = route === undefined ? method : `${method} ${route}`
  return inSpan(name, { kind: 'client', attributes }, async (span) => {
    const outcome = await send().catch((error: unknown) => HttpError.from(error))
    if (!span) return outcome
    if (outcome instanceof HttpError) fail(span, outcome.kind)
    else span.setAttribute('http.response.status_code', outcome.status)
    if ('status' in outcome && outcome.status >= 400) fail(span, String(outcome.status))
    return outcome
  })
}

/** Loaded at the first request: many a server never makes one. */
async function open() {
  const { Agent, fetch } = await import('undici')
  return { fetch, dispatcher: new Agent({ connect: { timeout: CONNECT_MS }, pipelining: 1 }) }
}

/** The body as text; counted after decompression, so that a small bomb does not unpack. Throws HttpError `too-large`. */
async function readBody(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    // Leaving the loop cancels the rest of the body.
    if (size > maxBytes) throw new HttpError('too-large', `The response is over ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Safe to repeat (RFC 9110, 9.2.2), and failed in a way that may pass. */
function isWorthRetrying(method: string, outcome: HttpResponse | HttpError): boolean {
  if (!['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'].includes(method)) return false
  if (outcome instanceof HttpError) return outcome.kind === 'network'
  return [429, 502, 503, 504].includes(outcome.status)
}

/** What the server asks for, else anything up to 200 ms times 2^n ("full jitter"): callers must not come back together. */
function pauseMs(attempt: number, outcome: HttpResponse | HttpError): number {
  const asked = outcome instanceof HttpError ? null : outcome.headers.get('retry-after')
  if (asked !== null) return parseRetryAfter(asked)
  return Math.random() * Math.min(MAX_PAUSE_MS, BASE_PAUSE_MS * 2 ** attempt)
}

/** Seconds or a date (RFC 9110, 10.2.3), in milliseconds from now. */
function parseRetryAfter(value: string): number {
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now()
  return Number.isNaN(ms) ? BASE_PAUSE_MS : Math.max(0, ms)
}
