import type { Queryable } from '@galley/db/client'
import { signingKeys } from '@galley/db/schema'
import { desc, gt, lte, sql } from 'drizzle-orm'

// Times are compared with this process's clock, as for sessions.
export type SigningKeyRow = typeof signingKeys.$inferSelect

/** Until the end of the transaction nobody else makes or ends keys. */
export async function lockKeys(tx: Queryable): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('galley:signing-keys', 0))`)
}

/** Keys that still live at the moment `at`, newest first. */
export async function listLiveKeys(db: Queryable, at: Date): Promise<SigningKeyRow[]> {
  return db
    .select()
    .from(signingKeys)
    .where(gt(signingKeys.expiresAt, at))
    .orderBy(desc(signingKeys.createdAt), desc(signingKeys.id))
}

export async function insertKey(tx: Queryable, row: SigningKeyRow): Promise<void> {
  await tx.insert(signingKeys).values(row)
}

/** Ends all keys at `at`, those that end before excepted. */
export async function expireKeys(tx: Queryable, at: Date): Promise<void> {
  await tx.update(signingKeys).set({ expiresAt: at }).where(gt(signingKeys.expiresAt, at))
}

/** Removes what has expired. */
export async function deleteExpiredKeys(db: Queryable, now: Date): Promise<void> {
  await db.delete(signingKeys).where(lte(signingKeys.expiresAt, now))
}
