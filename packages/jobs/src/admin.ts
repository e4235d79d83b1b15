import type { Queryable } from '@galley/db/client'
import { jobRuns } from '@galley/db/schema'
import { eq, sql } from 'drizzle-orm'
import type { PgBoss } from 'pg-boss'
import { inTransaction } from './started.ts'
import type { DeadLetter, JobAdmin, QueueBacklog, QueueCounts } from './jobs.ts'
import { DEAD_LETTERS } from './queues.ts'
import { endLostRuns } from './runs.ts'

/** Everything that operators do; `started` returns a pg-boss that has started. */
export function createAdmin(db: Queryable, started: () => Promise<PgBoss>): JobAdmin {
  return {
    queues: () => countJobs(db),
    backlog: () => readBacklog(db),
    workerSilenceMs: () => findSilence(db),
    endLostRuns: () => endLostRuns(db),
    listFailed: (query) => listDeadLetters(db, query),
    countFailed: (query) => countDeadLetters(db, query),

    async retryFailed(tx, job) {
      const rootId = await findRoot(tx, job)
      if (!rootId) return false
      const boss = await started()
      const moved = await boss.redrive(DEAD_LETTERS, {
        ids: [job.id],
        ...(await inTransaction(tx)),
      })
      if (moved === 0) return false
      await tx
        .update(jobRuns)
        .set({ status: 'queued', finishedAt: null, failureReason: null })
        .where(eq(jobRuns.id, rootId))
      return true
    },

    async discardFailed(tx, job) {
      if (!(await findRoot(tx, job))) return false
      const boss = await started()
      await boss.deleteJob(DEAD_LETTERS, job.id, await inTransaction(tx))
      return true
    },
  }
}

/** The id by which a dead letter's job is known, whatever happened to it since. */
async function findRoot(tx: Queryable, { queue, id }: { queue: string; id: string }) {
  const [found] = await tx.execute<{ rootId: string }>(sql`
    select source_root_id as "rootId" from pgboss.job
    where name = ${DEAD_LETTERS} and id = ${id} and source_name = ${queue} and state = 'created'
    for update`)
  return found?.rootId
}

async function findSilence(db: Queryable): Promise<number | null> {
  const [row] = await db.execute<{ ms: number | null }>(
    sql`select extract(epoch from now() - max(monitor_claim_on))::float8 * 1000 as ms from pgboss.queue`,
  )
  return row?.ms ?? null
}

// pg-boss counts for itself every few seconds at best; operators see the present.
async function countJobs(db: Queryable): Promise<QueueCounts[]> {
  return [
    ...(await db.execute<QueueCounts>(sql`
      select q.name,
        count(j.id) filter (where j.state in ('created', 'retry'))::int as waiting,
        count(j.id) filter (where j.state = 'active')::int as active,
        count(j.id) filter (where j.state = 'completed')::int as completed,
        (select count(*)::int from pgboss.job d
          where d.name = ${DEAD_LETTERS} and d.source_name = q.name and d.state = 'created') as failed
      from pgboss.queue q left join pgboss.job j on j.name = q.name
      where q.name <> ${DEAD_LETTERS} and left(q.name, 2) <> '__'
      group by q.name order by q.name`)),
  ]
}

/** By the index of jobs that are not done. Dead letters count for the queue that they come from. */
async function readBacklog(db: Queryable): Promise<QueueBacklog[]> {
  return [
    ...(await db.execute<QueueBacklog>(sql`
      with open as (
        select name, count(*) filter (where state in ('created', 'retry'))::int as waiting,
          count(*) filter (where state = 'active')::int as active,
          min(start_after) filter (where state in ('created', 'retry')) as due
        from pgboss.job
        where state in ('created', 'retry', 'active', 'failed') and name <> ${DEAD_LETTERS}
        group by name
      ), failed as (
        select source_name as name, count(*)::int as failed from pgboss.job
        where name = ${DEAD_LETTERS} and state = 'created' group by source_name
      )
      select q.name, coalesce(waiting, 0) as waiting, coalesce(active, 0) as active,
        coalesce(failed, 0) as failed,
        greatest(0, coalesce(extract(epoch from now() - due), 0))::float8 as "oldestSeconds"
      from pgboss.queue q left join open using (name) left join failed using (name)
      where q.name <> ${DEAD_LETTERS} and left(q.name, 2) <> '__'
      order by q.name`)),
  ]
}

type LetterRow = Record<keyof DeadLetter, string> & { attempts: number }

/** By hand: pg-boss lists jobs of one queue, and from the oldest on only. */
async function listDeadLetters(
  db: Queryable,
  { queue, oldestFirst = false, after, offset = 0, limit }: Parameters<JobAdmin['listFailed']>[0],
): Promise<DeadLetter[]> {
  const [moment, id] = after ?? []
  const [direction, beyond] = oldestFirst ? [sql`asc`, sql`>`] : [sql`desc`, sql`<`]
  const comesAfter =
    moment === undefined
      ? sql`true`
      : sql`(date_trunc('milliseconds', created_on), id) ${beyond}
          (${new Date(moment).toISOString()}::timestamptz, ${id}::uuid)`
  const rows = await db.execute<LetterRow>(sql`
    select id, source_name as queue, source_retry_count + 1 as attempts,
      coalesce(source_output ->> 'reason', source_output ->> 'message',
        source_output ->> 'value', '') as reason,
      source_created_on as "createdAt", created_on as "failedAt"
    from pgboss.job
    where ${isGivenUp(queue)} and ${comesAfter}
    order by date_trunc('milliseconds', created_on) ${direction}, id ${direction} limit ${limit} offset ${offset}`)
  return rows.map((row) => ({
    ...row,
    createdAt: new Date(row.createdAt),
    failedAt: new Date(row.failedAt),
  }))
}

async function countDeadLetters(db: Queryable, { queue }: { queue?: string | undefined }) {
  const [row] = await db.execute<{ total: number }>(
    sql`select count(*)::int as total from pgboss.job where ${isGivenUp(queue)}`,
  )
  return row?.total ?? 0
}

const isGivenUp = (queue: string | undefined) =>
  sql`name = ${DEAD_LETTERS} and state = 'created' and ${
    queue === undefined ? sql`true` : sql`source_name = ${queue}`
  }`
