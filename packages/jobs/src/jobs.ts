import type { Queryable } from '@galley/db/client'
import type { z } from 'zod'

/** A kind of work: its name is its queue. What it does stands in the registry of handlers. */
export type JobDefinition<Payload> = {
  /** `<noun>.<verb>`, imperative. */
  name: string
  payload: z.ZodType<Payload>
  /** Further attempts after the first: 5. Between them 2^n seconds or so, with jitter. */
  retries?: number
  /** How long one attempt may take: 60. */
  timeoutSeconds?: number
  /** How many run at a time in one worker: 5. */
  concurrency?: number
  /** When it runs by itself: a cron expression in UTC. Its payload is then `{}`. */
  cron?: string
}

export type EnqueueOptions = {
  /** While a job of this key waits or runs, another one is not taken. */
  key?: string
  startAfter?: Date
  /** The person who may follow it with `jobs.get`. */
  ownerId?: string
}

/** Where work is left for later. */
export type JobQueue = {
  /**
   * Leaves a job, in the transaction that causes it: a rollback leaves none. Answers its id, or null where a job of the
   * same key is there already. Throws when the payload does not fit its schema.
   */
  enqueue<Payload>(
    tx: Queryable,
    job: JobDefinition<Payload>,
    payload: Payload,
    options?: EnqueueOptions,
  ): Promise<string | null>
}
