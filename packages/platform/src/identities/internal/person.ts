import type { ProviderPerson, ProviderTokens } from '@galley/auth/identity-providers'
import { DisplayName, Email } from '@galley/contract/platform/users'
import { line } from '@galley/contract/primitives'
import { truncate } from '@galley/contract/text'
import { AppError } from '../../errors.ts'

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
