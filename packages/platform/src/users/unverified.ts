import type { Tx } from '@galley/db/client'
import { articles, users } from '@galley/db/schema'
import { and, eq, isNull, sql, type SQL } from 'drizzle-orm'

/**
 * Until the end of the transaction nobody else gives this address to an account: what is true of it when the lock is
 * taken stays true.
 */
export async function lockAddress(tx: Tx, email: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`address:${email}`}, 0))`)
}

/**
 * Accounts whose address nobody has proved to own hold it against no one. With them go their passwords and tokens; the
 * suspended stay suspended. Answers how many were deleted.
 */
export async function deleteUnverified(tx: Tx, which: SQL): Promise<number> {
  const deleted = await tx
    .delete(users)
    .where(
      and(
        which,
        isNull(users.emailVerifiedAt),
        eq(users.status, 'active'),
        sql`not exists (select 1 from ${articles} where ${articles.authorId} = ${users.id})`,
      ),
    )
    .returning({ id: users.id })
  return deleted.length
}
