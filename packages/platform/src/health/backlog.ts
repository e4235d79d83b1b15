import type { Queryable } from '@galley/db/client'
import { outbox } from '@galley/db/schema'
import type { QueueBacklog } from '@galley/jobs/jobs'
import { sql } from 'drizzle-orm'
import type { AppDeps } from '../ctx.ts'

/** What is left for later: jobs by their names, and events that no worker has dispatched. Ages are in seconds. */
export type Backlog = {
  queues: QueueBacklog[]
  outbox: { waiting: number; oldestSeconds: number }
}

/** So many events are counted; more are as many. */
const MOST_EVENTS = 10_000

/** Two statements, by indexes, however much is there that is done. */
export async function readBacklog({ db, jobs }: Pick<AppDeps, 'db' | 'jobs'>): Promise<Backlog> {
  const [queues, waiting] = await Promise.all([jobs.admin.backlog(), readOutbox(db)])
  return { queues, outbox: waiting }
}

async function readOutbox(db: Queryable): Promise<Backlog['outbox']> {
  const [row] = await db.execute<Backlog['outbox']>(sql`
    select count(*)::int as waiting,
      coalesce(greatest(0, extract(epoch from now() - min(created_at))), 0)::float8 as "oldestSeconds"
    from (select created_at from ${outbox} where dispatched_at is null order by id limit ${MOST_EVENTS}) first`)
  return { waiting: row?.waiting ?? 0, oldestSeconds: row?.oldestSeconds ?? 0 }
}
