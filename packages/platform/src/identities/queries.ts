import type { Queryable } from '@galley/db/client'
import { identities, users } from '@galley/db/schema'
import { and, asc, eq } from 'drizzle-orm'

export type IdentityRow = typeof identities.$inferSelect

/** The identity and whose it is, by what never changes: the provider and its subject. */
export async function findIdentity(db: Queryable, provider: string, subject: string) {
  const [row] = await db
    .select({ identity: identities, user: users })
    .from(identities)
    .innerJoin(users, eq(users.id, identities.userId))
    .where(and(eq(identities.provider, provider), eq(identities.subject, subject)))
  return row ?? null
}

export const listIdentitiesOf = (db: Queryable, userId: string): Promise<IdentityRow[]> =>
  db.select().from(identities).where(eq(identities.userId, userId)).orderBy(asc(identities.id))
