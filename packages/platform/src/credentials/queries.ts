import type { Queryable } from '@galley/db/client'
import {
  credentials,
  identities,
  passkeys,
  recoveryCodes,
  totpCredentials,
  users,
} from '@galley/db/schema'
import { and, eq, isNotNull } from 'drizzle-orm'
import { only } from '../rows.ts'

/** How many of each kind a person has. */
export async function countCredentials(db: Queryable, userId: string) {
  const confirmed = and(eq(totpCredentials.userId, userId), isNotNull(totpCredentials.confirmedAt))
  return only(
    await db
      .select({
        passwords: db.$count(credentials, eq(credentials.userId, userId)),
        totps: db.$count(totpCredentials, confirmed),
        recoveryCodes: db.$count(recoveryCodes, eq(recoveryCodes.userId, userId)),
        passkeys: db.$count(passkeys, eq(passkeys.userId, userId)),
        identities: db.$count(identities, eq(identities.userId, userId)),
      })
      .from(users)
      .where(eq(users.id, userId)),
  )
}
