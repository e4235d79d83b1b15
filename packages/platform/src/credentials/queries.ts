import type { Queryable, Tx } from '@galley/db/client'
import {
  credentials,
  identities,
  passkeys,
  recoveryCodes,
  totpCredentials,
  users,
} from '@galley/db/schema'
import { and, eq, inArray, isNotNull, ne } from 'drizzle-orm'
import type { AppDeps } from '../ctx.ts'
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

/**
 * Whether the account can still be signed in to without this passkey or connected account: by a password, another
 * passkey, another identity at a provider that is still configured. A verified address does not count: it leads to a
 * password only where mail arrives. Locks the person, so that of two ways that are removed at once one stays.
 */
export async function hasOtherSignInMethod(
  { identityProviders }: Pick<AppDeps, 'identityProviders'>,
  tx: Tx,
  userId: string,
  without: { kind: 'passkey' | 'identity'; id: string },
): Promise<boolean> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('update')
  if (await tx.$count(credentials, eq(credentials.userId, userId))) return true
  const otherKey = without.kind === 'passkey' ? ne(passkeys.id, without.id) : undefined
  if (await tx.$count(passkeys, and(eq(passkeys.userId, userId), otherKey))) return true
  const otherIdentity = and(
    eq(identities.userId, userId),
    inArray(
      identities.provider,
      identityProviders.map(({ name }) => name),
    ),
    without.kind === 'identity' ? ne(identities.id, without.id) : undefined,
  )
  return (await tx.$count(identities, otherIdentity)) > 0
}
