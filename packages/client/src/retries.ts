import type { Operation, TRPCLink } from '@trpc/client'
import type { AnyTRPCRouter } from '@trpc/server'
import { keyedMutations } from './api.gen.ts'
import type { GalleyError } from './error.ts'

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
  { retryAfterSeconds = 0 }: Pick<GalleyError, 'retryAfterSeconds'>,
  { baseMs = 200, maxMs = 5000 }: RetryOptions,
): number {
  const jitter = Math.random() * Math.min(maxMs, baseMs * 2 ** (failures - 1))
  return retryAfterSeconds * 1000 + jitter
}

type Context = Pick<Operation, 'context'>

/** The key under which the server does a call once, however often it is sent; undefined where it has none. */
export function idempotencyKeyOf({ context }: Context): string | undefined {
  const key = context['idempotencyKey']
  return typeof key === 'string' ? key : undefined
}

/** The header of the draft-ietf-httpapi-idempotency-key-header. */
export function idempotencyHeader(op: Context): { 'idempotency-key'?: string } {
  const key = idempotencyKeyOf(op)
  return key === undefined ? {} : { 'idempotency-key': key }
}

/** Gives a key to every mutation that takes one, unless the caller gave it one of their own in `context`. */
export const idempotencyLink =
  <Router extends AnyTRPCRouter>(): TRPCLink<Router> =>
  () =>
  ({ op, next }) =>
    keyedMutations.has(op.path)
      ? next({ ...op, context: { idempotencyKey: newKey(), ...op.context } })
      : next(op)

/** 128 random bits. `crypto.randomUUID` is missing in pages that came over plain HTTP. */
const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
