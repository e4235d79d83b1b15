import type { AuditAction } from '@galley/contract/audit-actions'
import type {
  FailedJob,
  FailedJobById,
  ListFailedJobs,
  QueueList,
} from '@galley/contract/platform/jobs'
import type { Deleted, Page } from '@galley/contract/primitives'
import type { Tx } from '@galley/db/client'
import { sql } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import { transact, type SessionCtx } from '../ctx.ts'
import { byId, byTime, listSorted, type Order, reversed } from '../order.ts'
import { AppError } from '../errors.ts'
import type { DeadLetter } from '@galley/jobs/jobs'

/** Every queue and how much is in it. */
export async function listQueues(ctx: SessionCtx): Promise<QueueList> {
  return { items: await ctx.jobs.admin.queues() }
}

/** What was given up after the last retry. */
export function listFailedJobs(ctx: SessionCtx, input: ListFailedJobs): Promise<Page<FailedJob>> {
  const { admin } = ctx.jobs
  const { queue } = input
  return listSorted(input, {
    orders: { newest: reversed(oldest), oldest },
    byDefault: 'newest',
    find: ({ sort, after, offset, limit }) =>
      admin.listFailed({
        queue,
        oldestFirst: sort === 'oldest',
        after: after && toMoment(after),
        offset,
        limit,
      }),
    count: () => admin.countFailed({ queue }),
    toItem: toFailedJob,
  })
}

// The table is the queue's own, which compares by itself.
const oldest: Order<DeadLetter> = [
  byTime(sql`created_on`, (row) => row.failedAt),
  byId(sql`id`, (row) => row.id),
]

const toMoment = ([at = 0, id = '']: readonly (string | number)[]): [number, string] => [
  new Date(at).getTime(),
  String(id),
]

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
