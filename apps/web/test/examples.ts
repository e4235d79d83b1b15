import type { AuditAction } from '@galley/contract/audit-actions'
import type { AuditEntry } from '@galley/contract/platform/audit'
import type { CurrentUser } from '@galley/contract/platform/users'

export const mira: CurrentUser = {
  id: '01900000-0000-7000-8000-000000000001',
  username: 'mira',
  displayName: 'Mira Okafor',
  email: 'mira@galley.example',
  bio: 'Writes about hedges.',
  role: 'author',
  status: 'active',
  reviewSince: null,
  secondFactorDue: null,
  can: { write: true, manageUsers: false, administer: false },
}

/** A row of the audit log, of nobody in particular where `values` name nobody. */
export const auditEntry = (action: AuditAction, values: Partial<AuditEntry> = {}): AuditEntry => ({
  id: '01900000-0000-7000-8000-000000000003',
  at: '2026-03-14T08:30:00.000Z',
  action,
  actorKind: values.actor ? 'user' : 'anonymous',
  actor: null,
  subject: null,
  target: { type: 'thing', id: '1' },
  before: null,
  after: null,
  requestId: 'r',
  ip: '',
  userAgent: '',
  ...values,
})
