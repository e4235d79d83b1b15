import type { ListAudit } from '@galley/contract/audit'
import type { Queryable } from '@galley/db/client'
import { auditLog, users } from '@galley/db/schema'
import { and, desc, eq, getTableColumns, gte, lt, sql } from 'drizzle-orm'
import { beginsWith } from '../begins-with.ts'
import type { TimeCursor } from '../cursor.ts'

type Filters = Omit<ListAudit, 'cursor' | 'limit'>
type Part = { after: TimeCursor | null; limit: number }

export type AuditRow = Awaited<ReturnType<typeof listEntries>>[number]

/** Last first: up to `limit` of those that pass every filter. */
export function listEntries(db: Queryable, filters: Filters & Part) {
  const { action, actor, targetType, targetId, from, to, after, limit } = filters
  return db
    .select({ ...getTableColumns(auditLog), actorUsername: users.username })
    .from(auditLog)
    .leftJoin(users, eq(users.id, auditLog.actorId))
    .where(
      and(
        action === undefined ? undefined : isAction(action),
        actor === undefined ? undefined : eq(users.username, actor),
        targetType === undefined ? undefined : eq(auditLog.targetType, targetType),
        targetId === undefined ? undefined : eq(auditLog.targetId, targetId),
        from === undefined ? undefined : gte(auditLog.at, new Date(from)),
        to === undefined ? undefined : lt(auditLog.at, new Date(to)),
        after ? isBefore(after) : undefined,
      ),
    )
    .orderBy(desc(auditLog.at), desc(auditLog.id))
    .limit(limit)
}

/** What was done to one account, last first. */
export function listOfSubject(db: Queryable, subjectId: string, { after, limit }: Part) {
  const { id, at, action, ip, userAgent } = auditLog
  return db
    .select({ id, at, action, ip, userAgent })
    .from(auditLog)
    .where(and(eq(auditLog.subjectId, subjectId), after ? isBefore(after) : undefined))
    .orderBy(desc(auditLog.at), desc(auditLog.id))
    .limit(limit)
}

// A whole action, or with a dot at its end the beginning of one.
const isAction = (action: string) =>
  action.endsWith('.') ? beginsWith(auditLog.action, action) : eq(auditLog.action, action)

const isBefore = ([time, id]: TimeCursor) =>
  sql`(${auditLog.at}, ${auditLog.id}) < (${new Date(time).toISOString()}::timestamptz, ${id}::uuid)`
