import { z } from 'zod'
import { Count, Id, line, listInput, page, TimeOrder, Timestamp } from '../primitives.ts'

/** What a call that takes long returns: `jobs.get` says how it goes. */
export const JobStarted = z.object({ jobId: Id })
export type JobStarted = z.output<typeof JobStarted>

export const JobById = z.strictObject({ id: Id })
export type JobById = z.output<typeof JobById>

const JobStatus = z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled'])

/** A long job that the caller started. */
export const JobView = z.object({
  id: Id,
  job: z.string(),
  status: JobStatus,
  done: Count,
  /** Null until it is known. */
  total: Count.nullable(),
  /** What it made, where it succeeded and makes something. */
  result: z.record(z.string(), z.unknown()).nullable(),
  /** Where it failed: a stable reason as calls have one, `markdown/too-complex`. */
  failureReason: z.string().nullable(),
  createdAt: Timestamp,
  finishedAt: Timestamp.nullable(),
})
export type JobView = z.output<typeof JobView>

export const JobPage = page(JobView)

/** By when they were started. */
export const ListJobs = listInput(TimeOrder, {
  status: JobStatus.optional(),
  job: line(80).min(1).optional(),
})
export type ListJobs = z.output<typeof ListJobs>

const QueueName = line(80).min(1)

export const QueueView = z.object({
  name: z.string(),
  waiting: Count,
  active: Count,
  /** Given up after the last retry. */
  failed: Count,
  completed: Count,
})
export type QueueView = z.output<typeof QueueView>

export const QueueList = z.object({ items: z.array(QueueView) })
export type QueueList = z.output<typeof QueueList>

/** Jobs that were given up, by when. */
export const ListFailedJobs = listInput(TimeOrder, { queue: QueueName.optional() })
export type ListFailedJobs = z.output<typeof ListFailedJobs>

export const FailedJob = z.object({
  id: Id,
  queue: z.string(),
  attempts: Count,
  reason: z.string(),
  createdAt: Timestamp,
  failedAt: Timestamp,
})
export type FailedJob = z.output<typeof FailedJob>

export const FailedJobPage = page(FailedJob)

export const FailedJobById = z.strictObject({ queue: QueueName, id: Id })
export type FailedJobById = z.output<typeof FailedJobById>
