import type { Tx } from '@galley/db/client'
import { sql } from 'drizzle-orm'

/**
 * Until the end of the transaction nobody else gives this address to an account: what is true of it when the lock is
 * taken stays true.
 */
export async function lockAddress(tx: Tx, email: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`address:${email}`}, 0))`)
}
