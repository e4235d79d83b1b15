import type { AuditEntry, ListAudit, SecurityEvent } from '@galley/contract/platform/audit'
import type { Page, PageInput } from '@galley/contract/primitives'
import { auditLog } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import type { SessionCtx } from '../ctx.ts'
import { listPage, placeAt, TimeCursor } from '../cursor.ts'
import { listEntries, listEvents, passes, type AuditRow } from './queries.ts'

/** Who did what, last first. */
export function listAudit(ctx: SessionCtx, input: ListAudit): Promise<Page<AuditEntry>> {
  const isWanted = passes(ctx.db, input)
  return listPage(input, {
    ...byTime,
    find: (start) => listEntries(ctx.db, isWanted, start),
    count: () => ctx.db.$count(auditLog, isWanted),
    toItem: toAuditEntry,
  })
}

/** What happened to the caller's own account, last first. */
export function listSecurityEvents(
  ctx: SessionCtx,
  input: PageInput,
): Promise<Page<SecurityEvent>> {
  const isOwn = eq(auditLog.subjectId, ctx.actor.user.id)
  return listPage(input, {
    ...byTime,
    find: (start) => listEvents(ctx.db, isOwn, start),
    count: () => ctx.db.$count(auditLog, isOwn),
    toItem: (row) => ({ ...row, at: row.at.toISOString() }),
  })
}

const byTime = {
  cursor: TimeCursor,
  toCursor: ({ at, id }: { at: Date; id: string }) => placeAt(at, id),
}

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
