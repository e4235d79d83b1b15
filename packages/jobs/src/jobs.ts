import type { Queryable } from '@galley/db/client'
import type { z } from 'zod'

/** A kind of work: its name is its queue. What it does stands in the registry of handlers. */
export type JobDefinition<Payload> = {
  /** `<noun>.<verb>`, imperative. */
  name: string
  /** Of plain JSON: it is checked when the job is left and again before it runs. */
  payload: z.ZodType<Payload>
  /** Further attempts after the first: 5. Between them 2^n seconds or so, with jitter, at most five minutes. */
  retries?: number
  /** How long one attempt may take: 60. */
  timeoutSeconds?: number
  /** How many run at a time in one worker: 2. */
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
  /** Whether every admin may follow it too. */
  shared?: boolean
}

/** What leaves jobs, and what caused it where that is part of a trace (W3C Trace Context). */
export type JobCause = { requestId: string | null; traceparent?: string | null | undefined }

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
  /** The same queue for one request: the jobs left through it carry its id and its trace into their logs. */
  forRequest(cause: JobCause): JobQueue
  /** Takes a job back: one that waits does not start, one that runs has its signal aborted. */
  cancel(tx: Queryable, job: { name: string; id: string }): Promise<void>
  /** What operators see and do. */
  admin: JobAdmin
}

export type QueueCounts = {
  name: string
  waiting: number
  active: number
  completed: number
  /** Given up after the last retry. */
  failed: number
}

/** What is left to do of one kind of job. */
export type QueueBacklog = Pick<QueueCounts, 'name' | 'waiting' | 'active' | 'failed'> & {
  /** How long the oldest job is due that no worker has taken. */
  oldestSeconds: number
}

/** A job that was given up: it lies with the dead letters. */
export type DeadLetter = {
  id: string
  queue: string
  attempts: number
  reason: string
  createdAt: Date
  failedAt: Date
}

export type JobAdmin = {
  queues(): Promise<QueueCounts[]>
  /** The same without what is done, which costs more to count the more there is. */
  backlog(): Promise<QueueBacklog[]>
  /** Since any worker has last looked after the queues, which each does every 5 s; null where none ever has. */
  workerSilenceMs(): Promise<number | null>
  /** Last first, or first; `after` is the moment and the id of the last one seen. */
  listFailed(query: {
    queue?: string | undefined
    oldestFirst?: boolean
    after: readonly [number, string] | null
    offset?: number
    limit: number
  }): Promise<DeadLetter[]>
  countFailed(query: { queue?: string | undefined }): Promise<number>
  /** Runs it again, with all its attempts. False where there is none. */
  retryFailed(tx: Queryable, job: { queue: string; id: string }): Promise<boolean>
  discardFailed(tx: Queryable, job: { queue: string; id: string }): Promise<boolean>
  /** Ends what people follow and no worker will end: its last attempt was killed. Answers how many. */
  endLostRuns(): Promise<number>
}

/** One attempt at a job, as its handler sees it. */
export type RunningJob = {
  /** The same at every attempt, also after an operator's retry. */
  id: string
  name: string
  /** From 1. */
  attempt: number
  /** Of the request that left the job; null for what runs by the clock. */
  requestId: string | null
  /** The same for the trace that it is part of. */
  traceparent: string | undefined
  /** Aborted when the time is over, the job was cancelled, or the worker ends. */
  signal: AbortSignal
  /** Tells the owner how far it is; throws once they have cancelled. */
  progress(done: number, total: number | null): Promise<void>
  /**
   * Whether this effect is still to be done: false where an earlier attempt did it. Written in the transaction of the
   * effect, so that a job that runs twice does it once.
   */
  once(tx: Queryable, effect: string): Promise<boolean>
}

/** What a job made, for the person who follows it. */
export type JobResult = Record<string, unknown> | void

/** What a worker does with the jobs of one queue. */
export type JobHandler = {
  definition: JobDefinition<unknown>
  /** Returns what its owner may read as the result, plain JSON, or nothing. */
  run(payload: unknown, job: RunningJob): Promise<JobResult>
}
