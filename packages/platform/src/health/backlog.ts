import type { Queryable } from '@galley/db/client'
import { auditLog, outbox } from '@galley/db/schema'
import type { QueueBacklog } from '@galley/jobs/jobs'
import { eq, max, sql } from 'drizzle-orm'
import type { AppDeps } from '../ctx.ts'

/** What is left for later: jobs by their names, events that no worker has dispatched, and the next backup. Ages are in seconds. */
export type Backlog = {
  queues: QueueBacklog[]
  outbox: { waiting: number; oldestSeconds: number }
  /** How long ago the last backup was taken; null where the audit log knows of none. */
  backupAgeSeconds: number | null
}

/** So many events are counted; more are as many. */
const MOST_EVENTS = 10_000

/** Three statements, by indexes, however much is there that is done. */
export async function readBacklog({ db, jobs }: Pick<AppDeps, 'db' | 'jobs'>): Promise<Backlog> {
  const [queues, waiting, backupAgeSeconds] = await Promise.all([
    jobs.admin.backlog(),
    readOutbox(db),
    readBackupAge(db),
  ])
  return { queues, outbox: waiting, backupAgeSeconds }
}

async function readOutbox(db: Queryable): Promise<Backlog['outbox']> {
  const [row] = await db.execute<Backlog['outbox']>(sql`
    select count(*)::int as waiting,
      coalesce(greatest(0, extract(epoch from now() - min(created_at))), 0)::float8 as "oldestSeconds"
    from (select created_at from ${outbox} where dispatched_at is null order by id limit ${MOST_EVENTS}) first`)
  return { waiting: row?.waiting ?? 0, oldestSeconds: row?.oldestSeconds ?? 0 }
}

/** By the clock of the database, which dated the entry. */
async function readBackupAge(db: Queryable): Promise<number | null> {
  const seconds = sql<number | null>`extract(epoch from now() - ${max(auditLog.at)})::float8`
  const isTaken = eq(auditLog.action, 'backup.taken')
  const [row] = await db.select({ seconds }).from(auditLog).where(isTaken)
  const age = row?.seconds ?? null
  return age === null ? null : Math.max(0, age)
}
