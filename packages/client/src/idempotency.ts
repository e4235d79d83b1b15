import type { Operation, TRPCLink } from '@trpc/client'
import type { AnyTRPCRouter } from '@trpc/server'
import { keyedMutations } from './api.gen.ts'

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
