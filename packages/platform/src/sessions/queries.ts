import type { Db, Queryable } from '@galley/db/client'
import { prepared } from '@galley/db/prepared'
import { credentials, totpCredentials, users } from '@galley/db/schema'
import { and, eq, isNotNull, sql } from 'drizzle-orm'

const byEmail = prepared((db) =>
  db
    .select({ user: users, passwordHash: credentials.passwordHash })
    .from(users)
    .innerJoin(credentials, eq(credentials.userId, users.id))
    .where(eq(users.email, sql.placeholder('email')))
    .prepare('credential_by_email'),
)

/** Whether the account asks for a code after the password. */
export async function hasSecondFactor(db: Queryable, userId: string): Promise<boolean> {
  const confirmed = and(eq(totpCredentials.userId, userId), isNotNull(totpCredentials.confirmedAt))
  return (await db.$count(totpCredentials, confirmed)) > 0
}

/**
 * Whether the person is still of the version that was read before they proved who they are; until the end of the
 * transaction they stay so. What ends all access (`revokeAccess`) makes it another version.
 */
export async function isTokenVersionCurrent(
  tx: Queryable,
  person: { id: string; tokenVersion: number },
): Promise<boolean> {
  const [row] = await tx
    .select({ version: users.tokenVersion })
    .from(users)
    .where(eq(users.id, person.id))
    .for('share')
  return row?.version === person.tokenVersion
}

export async function findCredentialByEmail(db: Db, email: string) {
  const [row] = await byEmail(db).execute({ email })
  return row ?? null
}

/** Null for an account without a password. */
export async function findPasswordHash(db: Queryable, userId: string): Promise<string | null> {
  const [row] = await db
    .select({ passwordHash: credentials.passwordHash })
    .from(credentials)
    .where(eq(credentials.userId, userId))
  return row?.passwordHash ?? null
}
