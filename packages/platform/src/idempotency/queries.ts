import { IDEMPOTENCY_HOURS } from '@galley/contract/platform/idempotency'
import type { Tx } from '@galley/db/client'
import { idempotencyKeys } from '@galley/db/schema'
import { and, eq, gt, sql } from 'drizzle-orm'
import type { Ctx } from '../ctx.ts'
import { only } from '../rows.ts'

type KeyId = { callerId: string; keyHash: string }

/** Whether nobody else is at work with the key; it is the caller's until the transaction ends. */
export async function takeKey(tx: Tx, { callerId, keyHash }: KeyId): Promise<boolean> {
  const name = `idempotency ${callerId} ${keyHash}`
  const { taken } = only(
    await tx.execute<{ taken: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as taken`,
    ),
  )
  return taken
}

/** A statement of its own after `takeKey`: it sees what the last one who had the key has committed. */
export async function findResult(tx: Tx, { callerId, keyHash }: KeyId, after: Date) {
  const [row] = await tx
    .select({ fingerprint: idempotencyKeys.fingerprint, result: idempotencyKeys.result })
    .from(idempotencyKeys)
    .where(
      and(
        eq(idempotencyKeys.callerId, callerId),
        eq(idempotencyKeys.keyHash, keyHash),
        gt(idempotencyKeys.createdAt, after),
      ),
    )
  return row ?? null
}

/** In place of one that is too old, if the sweep has not removed it yet. */
export async function keepResult(
  tx: Tx,
  { callerId, keyHash, ...kept }: typeof idempotencyKeys.$inferInsert,
): Promise<void> {
  await tx
    .insert(idempotencyKeys)
    .values({ callerId, keyHash, ...kept })
    .onConflictDoUpdate({ target: [idempotencyKeys.callerId, idempotencyKeys.keyHash], set: kept })
}

/** Results of this age and older are returned to nobody. */
export const oldestResult = (ctx: Ctx) =>
  new Date(ctx.now().getTime() - IDEMPOTENCY_HOURS * 60 * 60 * 1000)
