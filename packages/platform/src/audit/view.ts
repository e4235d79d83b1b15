import type { AuditEntry } from '@galley/contract/platform/audit'
import type { AuditRow } from './queries.ts'

export const toAuditEntry = (row: AuditRow): AuditEntry => ({
  id: row.id,
  at: row.at.toISOString(),
  action: row.action,
  actorKind: row.actorKind,
  actor: toPerson(row.actorId, row.actorUsername),
  subject: toPerson(row.subjectId, row.subjectUsername),
  target: { type: row.targetType, id: row.targetId },
  before: row.before,
  after: row.after,
  requestId: row.requestId,
  ip: row.ip,
  userAgent: row.userAgent,
})

// Whose account is gone has no name any more.
const toPerson = (id: string | null, username: string | null) =>
  id === null ? null : { id, username }
