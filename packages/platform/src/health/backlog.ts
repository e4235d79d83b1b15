import type { Queryable } from '@galley/db/client'
import { auditLog, outbox } from '@galley/db/schema'
import type { QueueBacklog } from '@galley/jobs/jobs'
import { type SQL, sql } from 'drizzle-orm'
import type { AppDeps } from '../ctx.ts'

/** What is left for later: jobs by their names, events that no worker has dispatched, the next backup. Ages are in seconds. */
export type Backlog = {
  queues: QueueBacklog[]
  outbox: { waiting: number; oldestSeconds: number }
  /** How long ago the last backup was taken; null where the audit log knows of none. */
  backupAgeSeconds: number | null
  /** How many files of the site the storage lacked when it was taken. */
  backupMissingFiles: number | null
  /** How long ago the database was first migrated; null where a version did that which did not write it down. */
  siteAgeSeconds: number | null
}

/** So many events are counted; more are as many. */
const MOST_EVENTS = 10_000

/** Three statements, by indexes, however much is there that is done. */
export async function readBacklog({ db, jobs }: Pick<AppDeps, 'db' | 'jobs'>): Promise<Backlog> {
  const [queues, waiting, ages] = await Promise.all([
    jobs.admin.backlog(),
    readOutbox(db),
    readAges(db),
  ])
  return { queues, outbox: waiting, ...ages }
}

async function readOutbox(db: Queryable): Promise<Backlog['outbox']> {
  const [row] = await db.execute<Backlog['outbox']>(sql`
    select count(*)::int as waiting,
      coalesce(greatest(0, extract(epoch from now() - min(created_at))), 0)::float8 as "oldestSeconds"
    from (select created_at from ${outbox} where dispatched_at is null order by id limit ${MOST_EVENTS}) first`)
  return { waiting: row?.waiting ?? 0, oldestSeconds: row?.oldestSeconds ?? 0 }
}

type Ages = Pick<Backlog, 'backupAgeSeconds' | 'backupMissingFiles' | 'siteAgeSeconds'>

/** By the clock of the database, which dated both. */
async function readAges(db: Queryable): Promise<Ages> {
  const [row] = await db.execute<Ages>(sql`
    select ${ageOf(sql`backup.at`)} as "backupAgeSeconds", backup.missing as "backupMissingFiles",
      ${ageOf(sql`site.at`)} as "siteAgeSeconds"
    from (select min(applied_at) as at from drizzle.__drizzle_migrations) site
    left join lateral (select at, (after ->> 'missing')::int as missing from ${auditLog}
      where action = 'backup.taken' order by at desc, id desc limit 1) backup on true`)
  return row ?? { backupAgeSeconds: null, backupMissingFiles: null, siteAgeSeconds: null }
}

/** Null where there is no such time. A clock that was set back makes none negative. */
const ageOf = (at: SQL) => sql`abs(extract(epoch from now() - ${at}))::float8`
