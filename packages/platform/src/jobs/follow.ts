import type { JobById, JobView } from '@galley/contract/platform/jobs'
import { jobRuns } from '@galley/db/schema'
import { and, eq, inArray, or } from 'drizzle-orm'
import { transact, type AuthedCtx, type SessionCtx } from '../ctx.ts'
import { AppError } from '../errors.ts'

/** How a long job of the caller's own goes, or one that admins share; anybody else's is not found. */
export async function getJob(ctx: AuthedCtx, input: JobById): Promise<JobView> {
  const [run] = await ctx.db.select().from(jobRuns).where(ownRun(ctx, input))
  if (!run) throw new AppError('job/not-found')
  return toJobView(run)
}

/** Ends such a job; one that has ended stays as it is. */
export async function cancelJob(ctx: SessionCtx, input: JobById): Promise<JobView> {
  await transact(ctx, async (tx) => {
    const now = ctx.now()
    const [run] = await tx
      .update(jobRuns)
      .set({ status: 'cancelled', finishedAt: now, updatedAt: now })
      .where(and(ownRun(ctx, input), inArray(jobRuns.status, ['queued', 'running'])))
      .returning({ id: jobRuns.id, name: jobRuns.job })
    if (run) await ctx.jobs.cancel(tx, run)
  })
  return getJob(ctx, input)
}

const ownRun = ({ actor: { user } }: AuthedCtx, { id }: JobById) =>
  and(
    eq(jobRuns.id, id),
    or(eq(jobRuns.ownerId, user.id), user.role === 'admin' ? jobRuns.shared : undefined),
  )

const toJobView = (run: typeof jobRuns.$inferSelect): JobView => ({
  id: run.id,
  job: run.job,
  status: run.status,
  done: run.done,
  total: run.total,
  createdAt: run.createdAt.toISOString(),
  finishedAt: run.finishedAt?.toISOString() ?? null,
})
