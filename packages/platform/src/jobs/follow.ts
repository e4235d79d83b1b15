import type { JobById, JobView, ListJobs } from '@galley/contract/platform/jobs'
import type { Page } from '@galley/contract/primitives'
import { jobRuns } from '@galley/db/schema'
import { and, eq, inArray, or } from 'drizzle-orm'
import { transact, type AuthedCtx, type SessionCtx } from '../ctx.ts'
import { countListed } from '../count-listed.ts'
import { byId, byTime, comesAfter, inOrder, listSorted, type Order, reversed } from '../order.ts'
import { AppError } from '../errors.ts'

/** How a long job of the caller's own goes, or one that admins share; anybody else's is not found. */
export async function getJob(ctx: AuthedCtx, input: JobById): Promise<JobView> {
  const [run] = await ctx.db
    .select()
    .from(jobRuns)
    .where(and(eq(jobRuns.id, input.id), isOwn(ctx)))
  if (!run) throw new AppError('job/not-found')
  return toJobView(run)
}

/** The caller's own long jobs, for an admin those that admins share too. */
export function listJobs(ctx: AuthedCtx, input: ListJobs): Promise<Page<JobView>> {
  const isWanted = and(
    isOwn(ctx),
    input.status && eq(jobRuns.status, input.status),
    input.job === undefined ? undefined : eq(jobRuns.job, input.job),
  )
  return listSorted(input, {
    orders: { newest: reversed(oldest), oldest },
    byDefault: 'newest',
    find: ({ order, after, offset, limit }) =>
      ctx.db
        .select()
        .from(jobRuns)
        .where(and(isWanted, comesAfter(order, after)))
        .orderBy(...inOrder(order))
        .offset(offset)
        .limit(limit),
    count: () => countListed(ctx.db, jobRuns, isWanted),
    toItem: toJobView,
  })
}

const oldest: Order<typeof jobRuns.$inferSelect> = [
  byTime(jobRuns.createdAt, (run) => run.createdAt),
  byId(jobRuns.id, (run) => run.id),
]

/** Ends such a job; one that has ended stays as it is. */
export async function cancelJob(ctx: SessionCtx, input: JobById): Promise<JobView> {
  await transact(ctx, async (tx) => {
    const now = ctx.now()
    const [run] = await tx
      .update(jobRuns)
      .set({ status: 'cancelled', finishedAt: now, updatedAt: now })
      .where(
        and(eq(jobRuns.id, input.id), isOwn(ctx), inArray(jobRuns.status, ['queued', 'running'])),
      )
      .returning({ id: jobRuns.id, name: jobRuns.job })
    if (run) await ctx.jobs.cancel(tx, run)
  })
  return getJob(ctx, input)
}

const isOwn = ({ actor: { user } }: AuthedCtx) =>
  or(eq(jobRuns.ownerId, user.id), user.role === 'admin' ? jobRuns.shared : undefined)

const toJobView = (run: typeof jobRuns.$inferSelect): JobView => ({
  id: run.id,
  job: run.job,
  status: run.status,
  done: run.done,
  total: run.total,
  result: run.result,
  failureReason: run.failureReason,
  createdAt: run.createdAt.toISOString(),
  finishedAt: run.finishedAt?.toISOString() ?? null,
})
