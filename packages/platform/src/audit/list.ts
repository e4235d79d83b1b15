import type {
  AuditEntry,
  ListAudit,
  ListSecurityEvents,
  SecurityEvent,
} from '@galley/contract/platform/audit'
import type { Page } from '@galley/contract/primitives'
import { auditLog } from '@galley/db/schema'
import { and, eq } from 'drizzle-orm'
import type { SessionCtx } from '../ctx.ts'
import { countListed } from '../count-listed.ts'
import { byId, byTime, listSorted, type Order, reversed } from '../order.ts'
import { listEntries, listEvents, passes, type AuditRow } from './queries.ts'

/** Who did what. */
export function listAudit(ctx: SessionCtx, input: ListAudit): Promise<Page<AuditEntry>> {
  const isWanted = passes(ctx.db, input)
  return listSorted(input, {
    ...inTime,
    find: (start) => listEntries(ctx.db, isWanted, start),
    count: () => countListed(ctx.db, auditLog, isWanted),
    toItem: toAuditEntry,
  })
}

/** What happened to the caller's own account. */
export function listSecurityEvents(
  ctx: SessionCtx,
  input: ListSecurityEvents,
): Promise<Page<SecurityEvent>> {
  const isWanted = and(eq(auditLog.subjectId, ctx.actor.user.id), passes(ctx.db, input))
  return listSorted(input, {
    ...inTime,
    find: (start) => listEvents(ctx.db, isWanted, start),
    count: () => countListed(ctx.db, auditLog, isWanted),
    toItem: (row) => ({ ...row, at: row.at.toISOString() }),
  })
}

type Place = { at: Date; id: string }

const oldest: Order<Place> = [
  byTime(auditLog.at, (row) => row.at),
  byId(auditLog.id, (row) => row.id),
]

const inTime = { orders: { newest: reversed(oldest), oldest }, byDefault: 'newest' as const }

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
