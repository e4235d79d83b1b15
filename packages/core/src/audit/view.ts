import type { AuditEntry } from '@galley/contract/audit'
import type { AuditRow } from './queries.ts'

export const toAuditEntry = (row: AuditRow): AuditEntry => ({
  id: row.id,
  at: row.at.toISOString(),
  action: row.action,
  actorKind: row.actorKind,
  // Whose account is gone has no name any more.
  actor: row.actorId === null ? null : { id: row.actorId, username: row.actorUsername },
  target: { type: row.targetType, id: row.targetId },
  before: row.before,
  after: row.after,
  requestId: row.requestId,
  ip: row.ip,
  userAgent: row.userAgent,
})
