import type { Queryable } from '@galley/db/client'
import { passkeys, users } from '@galley/db/schema'
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

/** With the person whose it is; null for an unknown one. */
export async function findPasskey(db: Queryable, id: string) {
  const [row] = await db
    .select({ passkey: passkeys, user: users })
    .from(passkeys)
    .innerJoin(users, eq(users.id, passkeys.userId))
    .where(eq(passkeys.id, id))
  return row ?? null
}
