import { createHash } from 'node:crypto'
import type { Tx } from '@galley/db/client'
import { transact, type AuthedCtx, type Ctx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import { findResult, keepResult, oldestResult, takeKey } from './queries.ts'

/** A write that its caller may send again. `batchIndex` tells the calls of one request apart. */
export type KeyedCall = {
  key: string
  batchIndex: number
  path: string
  input: unknown
  madeAgain?: MadeAgain | undefined
}

/** Fields of a result that hold a secret: they are not stored, but generated from the others when the call is sent again. */
export type MadeAgain = Readonly<
  Record<string, (ctx: AuthedCtx, kept: Readonly<Record<string, unknown>>) => Promise<unknown>>
>

/**
 * Runs a write at most once for a key of the caller, and returns the same result when it is sent again within 24 h
 * (draft-ietf-httpapi-idempotency-key-header); fields in `madeAgain` are generated again. Effect and result are stored in one transaction, so a process that dies
 * in between leaves both or neither; a call that is refused leaves nothing, and may be sent again. What is slow (Markdown) is
 * made before it, and nobody waits for a call that is still at work: either would use the pool up. Throws
 * `request/idempotency-in-flight` then, `request/idempotency-key-reused` where the key was for another call, and
 * `server/unavailable` where too many such calls hold a connection.
 */
export function runIdempotent(
  ctx: AuthedCtx,
  { key, batchIndex, path, input, madeAgain = {} }: KeyedCall,
  run: (ctx: Ctx) => Promise<unknown>,
): Promise<unknown> {
  const id = { callerId: ctx.actor.user.id, keyHash: hashOf([key, batchIndex]) }
  const keyed = { id, fingerprint: hashOf([path, input]), madeAgain }
  return ctx.keyedCalls.alone(`${id.callerId} ${id.keyHash}`, () =>
    ctx.keyedCalls.prepare(ctx, (ready) =>
      ctx.keyedCalls.holding(() => runOrReplay(ctx, keyed, (db) => run({ ...ready, db }))),
    ),
  )
}

type Keyed = {
  id: { callerId: string; keyHash: string }
  fingerprint: string
  madeAgain: MadeAgain
}

function runOrReplay(
  ctx: AuthedCtx,
  { id, fingerprint, madeAgain }: Keyed,
  run: (db: Tx) => Promise<unknown>,
): Promise<unknown> {
  return transact(ctx, async (tx) => {
    if (!(await takeKey(tx, id))) {
      throw new AppError('request/idempotency-in-flight', { retryAfterSeconds: 1 })
    }
    const known = await findResult(tx, id, oldestResult(ctx))
    if (known && known.fingerprint !== fingerprint) {
      throw new AppError('request/idempotency-key-reused')
    }
    if (known) return complete({ ...ctx, db: tx }, JSON.parse(known.result), madeAgain)
    const made: unknown = await run(tx)
    await keepResult(tx, {
      ...id,
      fingerprint,
      result: JSON.stringify(made, without(made, Object.keys(madeAgain))),
      createdAt: ctx.now(),
    })
    return made
  })
}

async function complete(ctx: AuthedCtx, kept: unknown, madeAgain: MadeAgain): Promise<unknown> {
  const fields = Object.entries(madeAgain)
  if (fields.length === 0) return kept
  const result = { ...(kept as Record<string, unknown>) }
  for (const [field, make] of fields) result[field] = await make(ctx, result)
  return result
}

/** Leaves out these fields of an object itself, not those of the same name farther down. */
const without = (whole: unknown, names: string[]) =>
  function (this: unknown, field: string, value: unknown) {
    return this === whole && names.includes(field) ? undefined : value
  }

const hashOf = (value: unknown) =>
  createHash('sha256').update(JSON.stringify(value, sortFields)).digest('base64url')

/** The order of fields in an object says nothing (RFC 8259). */
function sortFields(_field: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
