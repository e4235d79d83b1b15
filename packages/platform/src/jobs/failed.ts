import type { AuditAction } from '@galley/contract/audit-actions'
import type {
  FailedJob,
  FailedJobById,
  ListFailedJobs,
  QueueList,
} from '@galley/contract/platform/jobs'
import type { Deleted, Page } from '@galley/contract/primitives'
import type { Tx } from '@galley/db/client'
import { recordAudit } from '../audit/record.ts'
import { transact, type SessionCtx } from '../ctx.ts'
import { listPage, placeAt, TimeCursor } from '../cursor.ts'
import { AppError } from '../errors.ts'
import type { DeadLetter } from '@galley/jobs/jobs'

/** Every queue and how much is in it. */
export async function listQueues(ctx: SessionCtx): Promise<QueueList> {
  return { items: await ctx.jobs.admin.queues() }
}

/** What was given up after the last retry, last first. */
export function listFailedJobs(ctx: SessionCtx, input: ListFailedJobs): Promise<Page<FailedJob>> {
  const { admin } = ctx.jobs
  const { queue } = input
  return listPage(input, {
    cursor: TimeCursor,
    find: (start) => admin.listFailed({ queue, ...start }),
    count: () => admin.countFailed({ queue }),
    toCursor: (row) => placeAt(row.failedAt, row.id),
    toItem: toFailedJob,
  })
}

/** Runs a job again that was given up, with all its attempts. */
export async function retryFailedJob(ctx: SessionCtx, input: FailedJobById): Promise<Deleted> {
  return settle(ctx, input, 'job.retried', (tx) => ctx.jobs.admin.retryFailed(tx, input))
}

/** Removes a job that was given up. */
export async function discardFailedJob(ctx: SessionCtx, input: FailedJobById): Promise<Deleted> {
  return settle(ctx, input, 'job.discarded', (tx) => ctx.jobs.admin.discardFailed(tx, input))
}

function settle(
  ctx: SessionCtx,
  { queue, id }: FailedJobById,
  action: AuditAction,
  act: (tx: Tx) => Promise<boolean>,
): Promise<Deleted> {
  return transact(ctx, async (tx) => {
    if (!(await act(tx))) throw new AppError('job/not-found')
    await recordAudit(ctx, tx, { action, target: { type: 'job', id }, before: { queue } })
    return { id }
  })
}

const toFailedJob = (job: DeadLetter): FailedJob => ({
  ...job,
  createdAt: job.createdAt.toISOString(),
  failedAt: job.failedAt.toISOString(),
})
