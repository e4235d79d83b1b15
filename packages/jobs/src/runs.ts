import type { Queryable } from '@galley/db/client'
import { jobEffects, jobRuns } from '@galley/db/schema'
import { and, eq, inArray, sql } from 'drizzle-orm'

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

export async function endRun(db: Queryable, id: string, ended: Ended) {
  await db
    .update(jobRuns)
    .set({ ...ended, finishedAt: sql`now()`, updatedAt: sql`now()` })
    .where(running(id))
}

/**
 * Ends the runs whose job is gone: a worker that is killed, or runs out of time, in the last attempt says
 * nothing. Answers how many.
 */
export async function endLostRuns(db: Queryable): Promise<number> {
  const ended = await db.execute<{ id: string }>(sql`
    update job_runs r set status = 'failed', failure_reason = 'server/unavailable', finished_at = now(), updated_at = now()
    where r.status in ('queued', 'running') and not exists (
      select from pgboss.job j
      where j.name = r.job and (j.id = r.id or j.source_root_id = r.id) and j.state < 'completed')
    returning r.id`)
  return ended.length
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
