import type { GalleyError } from './failure.ts'

export type RetryOptions = {
  /** How often a call is sent at most, the first time included: 4 by default. */
  attempts?: number
  /** The longest wait before the second time, doubled before each further one: 200 ms by default. */
  baseMs?: number
  /** The longest wait of all that the server did not ask for: 5 s by default. */
  maxMs?: number
  /**
   * Whether mutations are repeated as well: those that the server does once under one `Idempotency-Key`, however often
   * it is asked. Each gets a key of its own and is sent by itself.
   */
  mutations?: boolean
}

const passing = new Set([429, 502, 503, 504])

/**
 * Whether the same call may go better a little later: too much at once, a server that starts, a lost connection; or the
 * call before with the same key is still at work.
 */
export const mayPass = ({ reason, status }: GalleyError) =>
  reason === 'client/unreachable' ||
  reason === 'request/idempotency-in-flight' ||
  (status !== undefined && passing.has(status))

/**
 * Anything up to `baseMs` times 2^n ("full jitter": callers must not come back together), on top of what the server
 * asks for.
 */
export function waitMs(
  failures: number,
  { retryAfterSeconds = 0 }: Partial<Pick<GalleyError, 'retryAfterSeconds'>>,
  { baseMs = 200, maxMs = 5000 }: RetryOptions,
): number {
  const jitter = Math.random() * Math.min(maxMs, baseMs * 2 ** (failures - 1))
  return retryAfterSeconds * 1000 + jitter
}
