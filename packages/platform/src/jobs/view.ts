import type { FailedJob, JobView } from '@galley/contract/platform/jobs'
import type { jobRuns } from '@galley/db/schema'
import type { DeadLetter } from '@galley/jobs/jobs'

export const toJobView = (run: typeof jobRuns.$inferSelect): JobView => ({
  id: run.id,
  job: run.job,
  status: run.status,
  done: run.done,
  total: run.total,
  createdAt: run.createdAt.toISOString(),
  finishedAt: run.finishedAt?.toISOString() ?? null,
})

export const toFailedJob = (letter: DeadLetter): FailedJob => ({
  ...letter,
  createdAt: letter.createdAt.toISOString(),
  failedAt: letter.failedAt.toISOString(),
})
