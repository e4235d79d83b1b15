import type { Db } from '@galley/db/client'
import { prepared } from '@galley/db/prepared'
import { credentials, users } from '@galley/db/schema'
import { eq, sql } from 'drizzle-orm'

const byEmail = prepared((db) =>
  db
    .select({ user: users, passwordHash: credentials.passwordHash })
    .from(users)
    .innerJoin(credentials, eq(credentials.userId, users.id))
    .where(eq(users.email, sql.placeholder('email')))
    .prepare('credential_by_email'),
)

export async function findCredentialByEmail(db: Db, email: string) {
  const [row] = await byEmail(db).execute({ email })
  return row ?? null
}
