import type { ListAudit } from '@galley/contract/platform/audit'
import type { Queryable } from '@galley/db/client'
import { auditLog, users } from '@galley/db/schema'
import { and, desc, eq, getTableColumns, gte, lt, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { beginsWith } from '../begins-with.ts'
import type { TimeCursor } from '../cursor.ts'

type Filters = Omit<ListAudit, 'cursor' | 'limit'>
type Part = { after: TimeCursor | null; limit: number }

const actors = alias(users, 'actors')
const subjects = alias(users, 'subjects')

export type AuditRow = Awaited<ReturnType<typeof listEntries>>[number]

/** Last first: up to `limit` of those that pass every filter. */
export function listEntries(db: Queryable, filters: Filters & Part) {
  const { action, actor, subject, person, targetType, targetId, from, to, after, limit } = filters
  return db
    .select({
      ...getTableColumns(auditLog),
      actorUsername: actors.username,
      subjectUsername: subjects.username,
    })
    .from(auditLog)
    .leftJoin(actors, eq(actors.id, auditLog.actorId))
    .leftJoin(subjects, eq(subjects.id, auditLog.subjectId))
    .where(
      and(
        action === undefined ? undefined : isAction(action),
        actor === undefined ? undefined : eq(auditLog.actorId, idOf(db, actor)),
        subject === undefined ? undefined : eq(auditLog.subjectId, idOf(db, subject)),
        person === undefined ? undefined : concerns(db, person),
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

// By the id in a sub-select, so that the indexes of actor and subject serve.
const concerns = (db: Queryable, username: string) =>
  or(eq(auditLog.actorId, idOf(db, username)), eq(auditLog.subjectId, idOf(db, username)))

const idOf = (db: Queryable, username: string) =>
  sql`(${db.select({ id: users.id }).from(users).where(eq(users.username, username))})`

// A whole action, or with a dot at its end the beginning of one.
const isAction = (action: string) =>
  action.endsWith('.') ? beginsWith(auditLog.action, action) : eq(auditLog.action, action)

const isBefore = ([time, id]: TimeCursor) =>
  sql`(${auditLog.at}, ${auditLog.id}) < (${new Date(time).toISOString()}::timestamptz, ${id}::uuid)`
