import { z } from 'zod'
import { Id, line, listInput, multiline, page, Timestamp } from '../primitives.ts'
import { text } from '../text.ts'

/**
 * `email` as it is stored: trimmed, lower-cased, its domain by IDNA as servers of mail and names know it
 * (`münchen.de` is `xn--mnchen-3ya.de`). What is no address stays one that `isEmailAddress` refuses.
 */
function normalizeEmail(email: string): string {
  const [local, ...rest] = email.trim().toLowerCase().split('@')
  return [local, ...rest.map(toAsciiDomain)].join('@')
}

/** A dot-atom, `@` and a domain of two labels or more, of at most 64 and 255 octets (RFC 5321, 4.1.2 and 4.5.3.1). */
function isEmailAddress(email: string): boolean {
  const [local = '', domain = '', ...rest] = email.split('@')
  return rest.length === 0 && local.length <= 64 && dotAtom.test(local) && isHostName(domain)
}

const dotAtom = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/

/** Two labels or more of 1 to 63 characters, the last of them not a number. */
function isHostName(domain: string): boolean {
  const labels = domain.split('.')
  const isLabel = (text: string) => text.length <= 63 && label.test(text)
  return labels.length > 1 && labels.every(isLabel) && !/\.\d+$/.test(domain)
}

const label = /^[a-z\d](?:[a-z\d-]*[a-z\d])?$/

// The one implementation of IDNA (UTS 46) that browsers and Node share is that of `URL`.
function toAsciiDomain(domain: string) {
  if (!/^[\p{L}\p{M}\p{N}.\u3002\uFF0E\uFF61-]+$/u.test(domain)) return domain
  return URL.canParse(`http://${domain}`) ? new URL(`http://${domain}`).hostname : domain
}

/** Lower-cased, the domain in punycode; at most 254 characters (RFC 5321). */
export const Email = z
  .string()
  .max(500, { abort: true, error: 'Must be at most 254 characters.' })
  .overwrite(normalizeEmail)
  .max(254, { abort: true, error: 'Must be at most 254 characters.' })
  .refine(isEmailAddress, 'Must be an e-mail address.')

/** 3 to 30 of a-z, 0-9 and inner hyphens; part of the address of a person's page. */
export const Username = z
  .string()
  .refine(({ length }) => length <= 100, {
    abort: true,
    error: 'Use 3 to 30 letters, digits or hyphens.',
  })
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9-]{1,28}[a-z0-9]$/, 'Use 3 to 30 letters, digits or hyphens.')

/** 8 to 128 characters (code points) of any script, NFC; no rules of composition (NIST SP 800-63B). */
export const Password = text(512, 'Must be at most 128 characters.')
  .refine((value) => Array.from(value).length >= 8, 'Must be at least 8 characters.')
  .refine((value) => Array.from(value).length <= 128, 'Must be at most 128 characters.')

export const DisplayName = line(80).min(1, 'Must not be empty.')

/** In rising order. */
export const Role = z.enum(['reader', 'author', 'editor', 'admin'])
export type Role = z.output<typeof Role>

/** Sign-up. The response is the same whether the address has an account or not; the rest is in the mail. */
export const CreateUser = z.strictObject({
  email: Email,
  username: Username,
  displayName: DisplayName,
  password: Password,
  /** The token of an invitation's link: it proves the address, and the account counts at once. */
  invitation: z.string().min(1).max(128).optional(),
})
export type CreateUser = z.output<typeof CreateUser>

/** Names an e-mail address: verification mail again, a password's reset. */
export const ByEmail = z.strictObject({ email: Email })
export type ByEmail = z.output<typeof ByEmail>

/** The token of a mailed link. */
export const ByLinkToken = z.strictObject({ token: z.string().min(1).max(128) })
export type ByLinkToken = z.output<typeof ByLinkToken>

/** The one response to requests that must not reveal whether an account exists. */
export const Accepted = z.object({ accepted: z.literal(true) })
export type Accepted = z.output<typeof Accepted>

export const VerifiedEmail = z.object({ email: z.string() })
export type VerifiedEmail = z.output<typeof VerifiedEmail>

export const UpdateProfile = z.strictObject({
  username: Username.optional(),
  displayName: DisplayName.optional(),
  bio: multiline(500).optional(),
  /** A picture of one's own that is ready; null takes it away. */
  avatarMediaId: Id.nullable().optional(),
})
export type UpdateProfile = z.output<typeof UpdateProfile>

export const UserByUsername = z.strictObject({ username: Username })
export type UserByUsername = z.output<typeof UserByUsername>

/** A person as a byline shows them. */
export const Byline = z.object({
  username: z.string(),
  displayName: z.string(),
  /** A small picture of them. */
  avatarUrl: z.string().nullable(),
})
export type Byline = z.output<typeof Byline>

/** The signed-in person to themselves. */
export const CurrentUser = Byline.extend({
  id: Id,
  email: z.string(),
  bio: z.string(),
  avatarMediaId: Id.nullable(),
  role: Role,
  status: z.enum(['active', 'suspended']),
  /** When a reset replaced the password: passkeys and connected accounts from before wait for a look. */
  reviewSince: Timestamp.nullable(),
  /** By when a second factor must be on; once that is over, the person can only read. Null where none is needed. */
  secondFactorDue: Timestamp.nullable(),
  can: z.object({ write: z.boolean(), manageUsers: z.boolean(), administer: z.boolean() }),
})
export type CurrentUser = z.output<typeof CurrentUser>

export const UserStatus = z.enum(['active', 'suspended'])
export type UserStatus = z.output<typeof UserStatus>

/** By when they joined; by the name that is shown, from A to Z or from Z to A, and the same by username. */
export const UserOrder = z.enum(['newest', 'oldest', 'name', '-name', 'username', '-username'])

/** For those who manage people. `query` looks at the beginning of username, shown name and e-mail address. */
export const ListUsers = listInput(UserOrder, {
  query: line(100).optional(),
  role: Role.optional(),
  status: UserStatus.optional(),
})
export type ListUsers = z.output<typeof ListUsers>

/** A person as those see them who manage people. */
export const ManagedUser = Byline.extend({
  id: Id,
  email: z.string(),
  emailVerified: z.boolean(),
  role: Role,
  status: UserStatus,
  createdAt: Timestamp,
  lastSeenAt: Timestamp.nullable(),
  secondFactor: z.boolean(),
  can: z.object({
    /** The roles that the caller may give to this person. */
    grant: z.array(Role),
    suspend: z.boolean(),
    restore: z.boolean(),
    revokeSessions: z.boolean(),
    resetSecondFactor: z.boolean(),
  }),
})
export type ManagedUser = z.output<typeof ManagedUser>

export const ManagedUserPage = page(ManagedUser)

export const UserById = z.strictObject({ id: Id })
export type UserById = z.output<typeof UserById>

export const SetRole = z.strictObject({ id: Id, role: Role })
export type SetRole = z.output<typeof SetRole>

export const SuspendUser = z.strictObject({ id: Id, reason: line(300).min(1, 'Say why.') })
export type SuspendUser = z.output<typeof SuspendUser>
