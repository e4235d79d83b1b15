import { pageSizes } from '@galley/contract/page-sizes'
import type { JobView, ListFailedJobs } from '@galley/contract/platform/jobs'
import type { RouterContext } from '../../../lib/router-context.ts'

type Trpc = RouterContext['trpc']

export const jobQueues = (trpc: Trpc) => trpc.jobs.queues.queryOptions(undefined, { staleTime: 0 })

export const failedJobs = (trpc: Trpc, filter: Partial<ListFailedJobs>) =>
  trpc.jobs.listFailed.queryOptions({ ...filter, limit: pageSizes.rows }, { staleTime: 0 })

/** How a long job of one's own goes, asked every second until it is over. */
export const runningJob = (trpc: Trpc, id: string) =>
  trpc.jobs.get.queryOptions(
    { id },
    {
      staleTime: 0,
      refetchInterval: ({ state: { data, status } }) =>
        status === 'error' || (data && isOver(data)) ? false : 1_000,
    },
  )

export const isOver = ({ finishedAt }: JobView) => finishedAt !== null
