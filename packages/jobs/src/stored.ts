import { z } from 'zod'

/** What a row of the queue holds: the payload, and what the worker must know of its origin. */
export const StoredJob = z.object({
  payload: z.unknown(),
  requestId: z.string().nullable(),
  /** Absent where no trace is known. */
  traceparent: z.string().optional(),
  /** Whether somebody follows it: `job_runs` then has a row of the same id. */
  followed: z.boolean(),
})
export type StoredJob = z.output<typeof StoredJob>

/** What the clock leaves in a queue. */
export const scheduledJob: StoredJob = { payload: {}, requestId: null, followed: false }
