import { createHash } from 'node:crypto'
import type { Tx } from '@galley/db/client'
import { transact, type AuthedCtx, type Ctx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import { findResult, keepResult, oldestResult, takeKey } from './queries.ts'

/** A write that its caller may send again. `batchIndex` tells the calls of one request apart. */
export type KeyedCall = { key: string; batchIndex: number; path: string; input: unknown }

/**
 * Runs a write at most once for a key of the caller, and returns the same result when it is sent again within 24 h
 * (draft-ietf-httpapi-idempotency-key-header). Effect and result are stored in one transaction, so a process that dies
 * in between leaves both or neither; a call that is refused leaves nothing, and may be sent again. What is slow (Markdown) is
 * made before it, and nobody waits for a call that is still at work: either would use the pool up. Throws
 * `request/idempotency-in-flight` then, `request/idempotency-key-reused` where the key was for another call, and
 * `server/unavailable` where too many such calls hold a connection.
 */
export function runIdempotent(
  ctx: AuthedCtx,
  { key, batchIndex, path, input }: KeyedCall,
  run: (ctx: Ctx) => Promise<unknown>,
): Promise<unknown> {
  const id = { callerId: ctx.actor.user.id, keyHash: hashOf([key, batchIndex]) }
  const keyed = { id, fingerprint: hashOf([path, input]) }
  return ctx.keyedCalls.alone(`${id.callerId} ${id.keyHash}`, () =>
    ctx.keyedCalls.prepare(ctx, (ready) =>
      ctx.keyedCalls.holding(() => runOrReplay(ctx, keyed, (db) => run({ ...ready, db }))),
    ),
  )
}

type Keyed = { id: { callerId: string; keyHash: string }; fingerprint: string }

function runOrReplay(
  ctx: AuthedCtx,
  { id, fingerprint }: Keyed,
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
    if (known) return JSON.parse(known.result)
    const made: unknown = await run(tx)
    await keepResult(tx, {
      ...id,
      fingerprint,
      result: JSON.stringify(made),
      createdAt: ctx.now(),
    })
    return made
  })
}

const hashOf = (value: unknown) =>
  createHash('sha256').update(JSON.stringify(value, sortFields)).digest('base64url')

/** The order of fields in an object says nothing (RFC 8259). */
function sortFields(_field: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
