import { randomUUIDv7 } from 'node:crypto'
import type { Queryable } from '@galley/db/client'
import { jobEffects, jobRuns, outbox } from '@galley/db/schema'
import { currentTraceparent } from '@galley/tracing/span'
import { and, eq, inArray, isNull, sql, type SQL } from 'drizzle-orm'

export type Ended =
  | { status: 'succeeded'; result: Record<string, unknown> | null }
  | { status: 'failed'; failureReason: string }

/** False where the owner has cancelled it. */
export async function startRun(db: Queryable, id: string): Promise<boolean> {
  const started = await db
    .update(jobRuns)
    .set({ status: 'running', updatedAt: sql`now()` })
    .where(and(eq(jobRuns.id, id), inArray(jobRuns.status, ['queued', 'running', 'failed'])))
    .returning({ id: jobRuns.id })
  return started.length > 0
}

/** False where the run has ended meanwhile. */
export async function noteProgress(
  db: Queryable,
  id: string,
  progress: { done: number; total: number | null },
): Promise<boolean> {
  const noted = await db
    .update(jobRuns)
    .set({ ...progress, updatedAt: sql`now()` })
    .where(running(id))
    .returning({ id: jobRuns.id })
  return noted.length > 0
}

/** Ends a run that is still running. */
export const endRun = (db: Queryable, id: string, ended: Ended): Promise<boolean> =>
  end(db, running(id), id, ended)

/**
 * Ends the runs whose job is gone: a worker that is killed, or runs out of time, in the last attempt says
 * nothing. Answers how many.
 */
export async function endLostRuns(db: Queryable): Promise<number> {
  const isLost = and(
    // By the index that has it.
    isNull(jobRuns.finishedAt),
    inArray(jobRuns.status, ['queued', 'running']),
    sql`not exists (select from pgboss.job j where j.name = ${jobRuns.job}
      and (j.id = ${jobRuns.id} or j.source_root_id = ${jobRuns.id}) and j.state < 'completed')`,
  )
  const lost = await db.select({ id: jobRuns.id }).from(jobRuns).where(isLost)
  let count = 0
  for (const { id } of lost) {
    const ended: Ended = { status: 'failed', failureReason: 'server/unavailable' }
    if (await end(db, and(eq(jobRuns.id, id), isLost), id, ended)) count += 1
  }
  return count
}

/** With its event, in one statement: both hold, or neither. */
async function end(
  db: Queryable,
  isIt: SQL | undefined,
  jobId: string,
  ended: Ended,
): Promise<boolean> {
  const run = db.$with('run').as(
    db
      .update(jobRuns)
      .set({ ...ended, finishedAt: sql`now()`, updatedAt: sql`now()` })
      .where(isIt)
      .returning({ id: jobRuns.id, ownerId: jobRuns.ownerId }),
  )
  const event = db.$with('event', {})
    .as(sql`insert into ${outbox} (id, event, payload, request_id, traceparent)
    select ${randomUUIDv7()}::uuid, 'job.finished', jsonb_build_object('jobId', id, 'ownerId', owner_id), ${jobId}, ${currentTraceparent() ?? null}
    from ${run}`)
  const rows = await db.with(run, event).select({ id: run.id }).from(run)
  return rows.length > 0
}

const running = (id: string) => and(eq(jobRuns.id, id), eq(jobRuns.status, 'running'))

/** Writes down that an effect is done; false where it was. A second one waits here until the first has committed. */
export async function markEffect(tx: Queryable, jobId: string, effect: string): Promise<boolean> {
  const marked = await tx
    .insert(jobEffects)
    .values({ jobId, effect })
    .onConflictDoNothing()
    .returning({ effect: jobEffects.effect })
  return marked.length > 0
}
