import type {
  IdentityProvider,
  ProviderPerson,
  ProviderTokens,
} from '@galley/auth/identity-providers'
import { DisplayName, Email } from '@galley/contract/platform/users'
import { line } from '@galley/contract/primitives'
import { truncate } from '@galley/contract/text'
import type { Tx } from '@galley/db/client'
import { isUniqueViolation } from '@galley/db/errors'
import { type Ctx, transact } from '../../ctx.ts'
import { AppError } from '../../errors.ts'
import type { UserRow } from '../../users/queries.ts'
import { createUserForIdentity } from '../../users/sign-up-by-identity.ts'
import { findIdentity } from '../queries.ts'
import { insertIdentity, touchIdentity } from './connection.ts'

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

/** A person as a provider knows them, after our own rules. */
export type Person = {
  subject: string
  email: string | null
  emailVerified: boolean
  /** Whether the provider gave an address, but none that mail can be sent to. */
  emailRefused: boolean
  /** What the account there is called, for showing only. */
  label: string
  /** Out of which a username may be made. */
  names: string[]
  displayName: string | null
  authenticatedAt: Date | null
  tokens: ProviderTokens
}

const MAX_SUBJECT = 255

// OpenID Connect Core 1.0, section 2
const MAX_LABEL = 100

/** What does not hold our rules is as if the provider had not said it; without a subject there is nobody. */
export function toPerson(given: ProviderPerson): Person {
  const { subject, authenticatedAt, tokens } = given
  // oxlint-disable-next-line no-control-regex -- they are what is refused
  if (!subject || subject.length > MAX_SUBJECT || /[\u0000-\u001F]/.test(subject)) {
    throw new AppError('identity/provider-failed')
  }
  const email = Email.safeParse(given.email ?? '').data ?? null
  const displayName = DisplayName.safeParse(truncate(given.displayName ?? '', 80)).data ?? null
  const username = line(MAX_LABEL).safeParse(given.username ?? '').data || null
  return {
    subject,
    email,
    emailVerified: email !== null && given.emailVerified,
    emailRefused: email === null && Boolean(given.email),
    label: truncate(username ?? email ?? displayName ?? subject, MAX_LABEL),
    names: [username, displayName].filter((name) => name !== null),
    displayName,
    authenticatedAt,
    tokens,
  }
}
