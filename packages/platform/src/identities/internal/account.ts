import type { IdentityProvider } from '@galley/auth/identity-providers'
import type { Tx } from '@galley/db/client'
import { isUniqueViolation } from '@galley/db/errors'
import { transact, type Ctx } from '../../ctx.ts'
import { AppError } from '../../errors.ts'
import type { UserRow } from '../../users/queries.ts'
import { createUserForIdentity } from '../../users/sign-up-by-identity.ts'
import { findIdentity } from '../queries.ts'
import { insertIdentity, touchIdentity } from './connection.ts'
import type { Person } from './person.ts'

/** Of several browsers at once with one new person, or several new people with one name, all but one come again. */
const TRIES = 5

/**
 * Whose account an identity opens, by provider and subject; of somebody unknown, a new one. An e-mail address never
 * opens an account that has it (OWASP ASVS 5.0 V10.3): throws `identity/email-taken`, or where the provider has not
 * verified the address returns null, as for a new account, and all else is in a mail.
 */
export async function findOrCreateAccount(
  ctx: Ctx,
  provider: IdentityProvider,
  person: Person,
): Promise<UserRow | null> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await transact(ctx, (tx) => findOrCreate(ctx, tx, provider, person))
    } catch (error) {
      if (tries === TRIES || !isUniqueViolation(error)) throw error
    }
  }
}

async function findOrCreate(ctx: Ctx, tx: Tx, provider: IdentityProvider, person: Person) {
  const known = await findIdentity(tx, provider.name, person.subject)
  if (known) {
    await touchIdentity(ctx, tx, known.identity.id, person)
    return known.user
  }
  const { email, emailVerified, emailRefused, names, displayName } = person
  if (email === null) {
    throw new AppError(emailRefused ? 'identity/email-refused' : 'identity/email-missing')
  }
  const user = await createUserForIdentity(ctx, tx, { email, emailVerified, names, displayName })
  if (user) {
    await insertIdentity(ctx, tx, { userId: user.id, provider, person })
    return user
  }
  // Another browser of the same person may have come first, while this one waited for the address.
  const meanwhile = await findIdentity(tx, provider.name, person.subject)
  if (!meanwhile && emailVerified) throw new AppError('identity/email-taken')
  return meanwhile?.user ?? null
}
