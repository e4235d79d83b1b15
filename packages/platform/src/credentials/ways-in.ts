import type { Tx } from '@galley/db/client'
import { credentials, identities, passkeys, users } from '@galley/db/schema'
import { and, eq, ne } from 'drizzle-orm'

/**
 * Whether the account can still be signed in to without this passkey or connected account: by a password, another
 * passkey, another identity. A verified address does not count: it leads to a password only where mail arrives.
 * Locks the person, so that of two ways that are removed at once one stays.
 */
export async function hasOtherWayIn(
  tx: Tx,
  userId: string,
  without: { kind: 'passkey' | 'identity'; id: string },
): Promise<boolean> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('update')
  if (await tx.$count(credentials, eq(credentials.userId, userId))) return true
  const otherKey = without.kind === 'passkey' ? ne(passkeys.id, without.id) : undefined
  if (await tx.$count(passkeys, and(eq(passkeys.userId, userId), otherKey))) return true
  const otherIdentity = without.kind === 'identity' ? ne(identities.id, without.id) : undefined
  return (await tx.$count(identities, and(eq(identities.userId, userId), otherIdentity))) > 0
}
