import type { JobStarted } from '@galley/contract/platform/jobs'
import { jobRuns } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { recordAudit } from '@galley/platform/audit/record'
import { transact } from '@galley/platform/ctx'
import { AppError } from '@galley/platform/errors'
import { and, desc, eq, gt, isNull, ne, or } from 'drizzle-orm'
import type { AuthedCtx } from './ctx.ts'

/** One that has just ended holds its place for a moment longer. */
const ENDED_MS = 60_000

/**
 * Starts work that is done for the whole site, or returns the job that does it already: there is one at a time, and every
 * admin may follow it. Throws `job/already-running` where that one was started by an operator, and nobody can follow it.
 */
export function startSharedJob<Payload>(
  ctx: AuthedCtx,
  job: JobDefinition<Payload>,
  payload: Payload,
): Promise<JobStarted> {
  const ownerId = ctx.actor.user.id
  return transact(ctx, async (tx) => {
    const jobId = await ctx.jobs.enqueue(tx, job, payload, { ownerId, key: 'all', shared: true })
    if (jobId !== null) {
      const target = { type: 'job', id: jobId }
      await recordAudit(ctx, tx, { action: 'job.started', target, after: { job: job.name } })
      return { jobId }
    }
    const recently = new Date(ctx.now().getTime() - ENDED_MS)
    const [run] = await tx
      .select({ jobId: jobRuns.id })
      .from(jobRuns)
      .where(
        and(
          eq(jobRuns.job, job.name),
          ne(jobRuns.status, 'cancelled'),
          or(isNull(jobRuns.finishedAt), gt(jobRuns.finishedAt, recently)),
        ),
      )
      .orderBy(desc(jobRuns.createdAt))
      .limit(1)
    if (!run) throw new AppError('job/already-running')
    return run
  })
}
