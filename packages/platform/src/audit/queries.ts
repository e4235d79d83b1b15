import { periodEnd, periodStart } from '@galley/contract/period'
import type { ListAudit } from '@galley/contract/platform/audit'
import type { Queryable } from '@galley/db/client'
import { auditLog, users } from '@galley/db/schema'
import { and, eq, getTableColumns, gte, lt, or, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { beginsWith } from '../rows.ts'
import { comesAfter, inOrder, type SortedStart } from '../order.ts'

const actors = alias(users, 'actors')
const subjects = alias(users, 'subjects')

export type AuditRow = Awaited<ReturnType<typeof listEntries>>[number]

/** What fulfils the condition. */
export const listEntries = (
  db: Queryable,
  isWanted: SQL | undefined,
  { order, after, offset, limit }: SortedStart,
) =>
  db
    .select({
      ...getTableColumns(auditLog),
      actorUsername: actors.username,
      subjectUsername: subjects.username,
    })
    .from(auditLog)
    .leftJoin(actors, eq(actors.id, auditLog.actorId))
    .leftJoin(subjects, eq(subjects.id, auditLog.subjectId))
    .where(and(isWanted, comesAfter(order, after)))
    .orderBy(...inOrder(order))
    .offset(offset)
    .limit(limit)

/** The same without who did it, for the person whose account it is. */
export function listEvents(
  db: Queryable,
  isWanted: SQL | undefined,
  { order, after, offset, limit }: SortedStart,
) {
  const { id, at, action, ip, userAgent } = auditLog
  return db
    .select({ id, at, action, ip, userAgent })
    .from(auditLog)
    .where(and(isWanted, comesAfter(order, after)))
    .orderBy(...inOrder(order))
    .offset(offset)
    .limit(limit)
}

/** The condition of the entries that pass every filter. */
export function passes(db: Queryable, filters: ListAudit): SQL | undefined {
  const { action, actor, subject, person, targetType, targetId, from, to } = filters
  return and(
    action === undefined ? undefined : isAction(action),
    actor === undefined ? undefined : eq(auditLog.actorId, idOf(db, actor)),
    subject === undefined ? undefined : eq(auditLog.subjectId, idOf(db, subject)),
    person === undefined ? undefined : concerns(db, person),
    targetType === undefined ? undefined : eq(auditLog.targetType, targetType),
    targetId === undefined ? undefined : eq(auditLog.targetId, targetId),
    from === undefined ? undefined : gte(auditLog.at, periodStart(from)),
    to === undefined ? undefined : lt(auditLog.at, periodEnd(to)),
  )
}

// By the id in a sub-select, so that the indexes of actor and subject serve.
const concerns = (db: Queryable, username: string) =>
  or(eq(auditLog.actorId, idOf(db, username)), eq(auditLog.subjectId, idOf(db, username)))

const idOf = (db: Queryable, username: string) =>
  sql`(${db.select({ id: users.id }).from(users).where(eq(users.username, username))})`

// A whole action, or with a dot at its end the beginning of one.
const isAction = (action: string) =>
  action.endsWith('.') ? beginsWith(auditLog.action, action) : eq(auditLog.action, action)

type Sweep = { before: Date; most: number; entry: { id: string; requestId: string } }

/** The oldest ones before that time, by a function of migration `audit_sweep`: nothing else may. Returns how many. */
export async function sweepEntries(db: Queryable, { before, most, entry }: Sweep): Promise<number> {
  const [row] = await db.execute<{ swept: number }>(sql`select sweep_audit_log(
    ${entry.id}, ${before.toISOString()}, ${most}, ${entry.requestId}) as swept`)
  return row?.swept ?? 0
}
