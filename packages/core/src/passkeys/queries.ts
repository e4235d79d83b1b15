import type { Queryable } from '@galley/db/client'
import { passkeys } from '@galley/db/schema'
import { asc, eq } from 'drizzle-orm'

export type PasskeyRow = typeof passkeys.$inferSelect

/** Oldest first. */
export async function listByOwner(db: Queryable, userId: string): Promise<PasskeyRow[]> {
  return db
    .select()
    .from(passkeys)
    .where(eq(passkeys.userId, userId))
    .orderBy(asc(passkeys.createdAt), asc(passkeys.id))
}

export async function findPasskey(db: Queryable, id: string): Promise<PasskeyRow | null> {
  const [row] = await db.select().from(passkeys).where(eq(passkeys.id, id))
  return row ?? null
}
