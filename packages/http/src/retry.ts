import type { HttpResponse } from './client.ts'
import { HttpError } from './error.ts'

const BASE_MS = 200
const MAX_MS = 5000

/** Safe to repeat (RFC 9110, 9.2.2), and failed in a way that may pass. */
export function isWorthRetrying(method: string, outcome: HttpResponse | HttpError): boolean {
  if (!['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'].includes(method)) return false
  if (outcome instanceof HttpError) return outcome.kind === 'network'
  return [429, 502, 503, 504].includes(outcome.status)
}

/** What the server asks for, else anything up to 200 ms times 2^n ("full jitter"): callers must not come back together. */
export function retryDelayMs(attempt: number, outcome: HttpResponse | HttpError): number {
  const asked = outcome instanceof HttpError ? null : outcome.headers.get('retry-after')
  if (asked !== null) return parseRetryAfter(asked)
  return Math.random() * Math.min(MAX_MS, BASE_MS * 2 ** attempt)
}

/** Seconds or a date (RFC 9110, 10.2.3), in milliseconds from now. */
function parseRetryAfter(value: string): number {
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now()
  return Number.isNaN(ms) ? BASE_MS : Math.max(0, ms)
}
