import type {
  FailedJobById,
  FailedJobPage,
  JobById,
  JobView,
  ListFailedJobs,
  QueueList,
} from '@galley/contract/jobs'
import type { Deleted } from '@galley/contract/primitives'
import type { z } from 'zod'
import type { AuthedCtx, SessionCtx } from '../ctx.ts'

export async function getJob(_ctx: AuthedCtx, _input: JobById): Promise<JobView> {
  throw new Error('getJob')
}

export async function cancelJob(_ctx: SessionCtx, _input: JobById): Promise<JobView> {
  throw new Error('cancelJob')
}

export async function listQueues(_ctx: SessionCtx): Promise<QueueList> {
  throw new Error('listQueues')
}

export async function listFailedJobs(
  _ctx: SessionCtx,
  _input: ListFailedJobs,
): Promise<z.output<typeof FailedJobPage>> {
  throw new Error('listFailedJobs')
}

export async function retryFailedJob(_ctx: SessionCtx, _input: FailedJobById): Promise<Deleted> {
  throw new Error('retryFailedJob')
}

export async function discardFailedJob(_ctx: SessionCtx, _input: FailedJobById): Promise<Deleted> {
  throw new Error('discardFailedJob')
}
