import { z } from 'zod'
import { Id, line, page, PageInput, Timestamp } from './primitives.ts'
import { Username } from './users.ts'

/** What happens to an account, `<noun>.<what happened>`: its owner sees it among their security events. */
export const accountActions = [
  'session.created',
  'session.refused',
  'session.deleted',
  'session.revoked',
  'session.others-revoked',
  'session.step-up-refused',
  'second-factor.refused',
  'second-factor.turned-on',
  'second-factor.turned-off',
  'second-factor.reset',
  'recovery-codes.replaced',
  'recovery-code.used',
  'passkey.created',
  'passkey.deleted',
  'identity.connected',
  'identity.disconnected',
  'token.created',
  'token.deleted',
  'program.signed-in',
  'program.signed-out',
  'program.token-reused',
  'user.created',
  'user.signed-up',
  'user.sign-up-refused',
  'user.verification-requested',
  'user.email-verified',
  'user.email-change-requested',
  'user.email-changed',
  'user.reset-requested',
  'user.password-set',
  'user.password-changed',
  'user.password-reset',
  'user.credentials-reviewed',
  'user.role-changed',
  'user.suspended',
  'user.restored',
  'user.sessions-revoked',
] as const
export type AccountAction = (typeof accountActions)[number]

/** Everything that is written down. Names are kept: entries outlive releases. */
export const auditActions = [
  ...accountActions,
  'article.updated',
  'article.published',
  'article.unpublished',
  'article.deleted',
  'comment.deleted',
  'invitation.created',
  'invitation.deleted',
  'invitation.accepted',
  'job.retried',
  'job.discarded',
  'signing-key.rotated',
  'signing-key.all-revoked',
] as const
export type AuditAction = (typeof auditActions)[number]

/** Last first. `action` is a whole one (`user.suspended`) or its beginning with a dot (`user.`). */
export const ListAudit = PageInput.extend({
  action: line(80).min(1).optional(),
  /** Who did it. */
  actor: Username.optional(),
  /** Who did it, or whose account it is about. */
  person: Username.optional(),
  targetType: line(40).min(1).optional(),
  targetId: line(80).min(1).optional(),
  from: Timestamp.optional(),
  to: Timestamp.optional(),
})
export type ListAudit = z.output<typeof ListAudit>

/** `username` is null where the account is gone. */
const AuditedPerson = z.object({ id: Id, username: z.string().nullable() })

export const AuditEntry = z.object({
  id: Id,
  at: Timestamp,
  action: z.string(),
  actorKind: z.enum(['anonymous', 'user', 'token', 'system']),
  /** Who did it; null before somebody is signed in: a sign-in names its `subject`. */
  actor: AuditedPerson.nullable(),
  /** Whose account it is about, where it is about one. */
  subject: AuditedPerson.nullable(),
  target: z.object({ type: z.string(), id: z.string() }),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  requestId: z.string(),
  ip: z.string(),
  userAgent: z.string(),
})
export type AuditEntry = z.output<typeof AuditEntry>

export const AuditPage = page(AuditEntry)

/** What happened to the caller's own account: sign-ins, passwords, devices. */
export const SecurityEvent = AuditEntry.pick({
  id: true,
  at: true,
  action: true,
  ip: true,
  userAgent: true,
})
export type SecurityEvent = z.output<typeof SecurityEvent>

export const SecurityEventPage = page(SecurityEvent)
