import { z } from 'zod'
import { Id, line, listInput, page, period, TimeOrder, Timestamp } from '../primitives.ts'
import { Username } from './users.ts'

/** A whole one (`user.suspended`) or its beginning with a dot (`user.`). */
const Action = line(80).min(1)

export const ListAudit = listInput(TimeOrder, {
  action: Action.optional(),
  /** Who did it. */
  actor: Username.optional(),
  /** Whose account it is about: of a sign-in, who signed in or was refused. */
  subject: Username.optional(),
  /** Who did it, or whose account it is about. */
  person: Username.optional(),
  targetType: line(40).min(1).optional(),
  targetId: line(80).min(1).optional(),
  ...period,
})
export type ListAudit = z.output<typeof ListAudit>

/** What happened to the caller's own account. */
export const ListSecurityEvents = listInput(TimeOrder, { action: Action.optional(), ...period })
export type ListSecurityEvents = z.output<typeof ListSecurityEvents>

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
