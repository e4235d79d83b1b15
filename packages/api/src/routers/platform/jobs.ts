import {
  FailedJobById,
  FailedJobPage,
  JobById,
  JobPage,
  JobView,
  ListFailedJobs,
  ListJobs,
  QueueList,
} from '@galley/contract/platform/jobs'
import { Deleted, Nothing } from '@galley/contract/primitives'
import {
  discardFailedJob,
  listFailedJobs,
  listQueues,
  retryFailedJob,
} from '@galley/platform/jobs/failed'
import { cancelJob, getJob, listJobs } from '@galley/platform/jobs/follow'
import { adminProcedure, authedProcedure, sessionProcedure, router } from '../../trpc.ts'
import { docs } from './jobs.docs.ts'

export const jobs = router({
  get: authedProcedure({
    cost: 1,
    queries: 1,
    scope: 'jobs:read',
    rest: { method: 'GET', path: '/jobs/{id}' },
    docs: docs.get,
  })
    .input(JobById)
    .output(JobView)
    .query(({ ctx, input }) => getJob(ctx, input)),
  list: authedProcedure({
    cost: 1,
    queries: 2,
    scope: 'jobs:read',
    rest: { method: 'GET', path: '/me/jobs' },
    docs: docs.list,
  })
    .input(ListJobs.prefault({}))
    .output(JobPage)
    .query(({ ctx, input }) => listJobs(ctx, input)),
  cancel: sessionProcedure({ cost: 2, queries: 3 })
    .input(JobById)
    .output(JobView)
    .mutation(({ ctx, input }) => cancelJob(ctx, input)),
  queues: adminProcedure({ cost: 2, queries: 1 })
    .input(Nothing)
    .output(QueueList)
    .query(({ ctx }) => listQueues(ctx)),
  listFailed: adminProcedure({ cost: 2, queries: 1 })
    .input(ListFailedJobs.prefault({}))
    .output(FailedJobPage)
    .query(({ ctx, input }) => listFailedJobs(ctx, input)),
  retry: adminProcedure({ cost: 2, queries: 1 })
    .input(FailedJobById)
    .output(Deleted)
    .mutation(({ ctx, input }) => retryFailedJob(ctx, input)),
  discard: adminProcedure({ cost: 2, queries: 1 })
    .input(FailedJobById)
    .output(Deleted)
    .mutation(({ ctx, input }) => discardFailedJob(ctx, input)),
})
