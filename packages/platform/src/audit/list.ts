import type { AuditEntry, ListAudit, SecurityEvent } from '@galley/contract/platform/audit'
import type { Page, PageInput } from '@galley/contract/primitives'
import type { SessionCtx } from '../ctx.ts'
import { decodeCursor, pageOf, TimeCursor } from '../cursor.ts'
import { listEntries, listOfSubject, type AuditRow } from './queries.ts'

/** Who did what, last first. */
export async function listAudit(ctx: SessionCtx, input: ListAudit): Promise<Page<AuditEntry>> {
  const after = decodeCursor(TimeCursor, input.cursor)
  const rows = await listEntries(ctx.db, { ...input, after, limit: input.limit + 1 })
  return pageOf(rows, input.limit, toCursor, toAuditEntry)
}

/** What happened to the caller's own account, last first. */
export async function listSecurityEvents(
  ctx: SessionCtx,
  { cursor, limit }: PageInput,
): Promise<Page<SecurityEvent>> {
  const after = decodeCursor(TimeCursor, cursor)
  const rows = await listOfSubject(ctx.db, ctx.actor.user.id, { after, limit: limit + 1 })
  return pageOf(rows, limit, toCursor, (row) => ({ ...row, at: row.at.toISOString() }))
}

const toCursor = (row: { at: Date; id: string }) => [row.at.getTime(), row.id]

const toAuditEntry = (row: AuditRow): AuditEntry => ({
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

// An account that is gone has no name.
const toPerson = (id: string | null, username: string | null) =>
  id === null ? null : { id, username }
