import type { Queryable } from '@galley/db/client'
import type { JobResult, JobWithMetadata } from 'pg-boss'
import type { JobHandler, RunningJob } from './jobs.ts'
import { endRun, markEffect, noteProgress, startRun } from './runs.ts'
import { StoredJob } from './stored.ts'

export type AttemptLog = Record<
  'info' | 'warn' | 'error',
  (details: object, message: string) => void
>

export type AttemptOptions = {
  db: Queryable
  log: AttemptLog
  /** What of an error may be stored and shown to operators. */
  reasonOf(error: unknown): string
  /** What the owner of a job may read of an error: a stable reason. */
  failureOf(error: unknown): string
  /** Ends with the worker. */
  ending: AbortSignal
}

const MAX_REASON_LENGTH = 500

/** Runs a job once and returns how it went; never throws. */
export async function attempt(
  { definition, run }: JobHandler,
  job: JobWithMetadata<unknown>,
  { db, log, reasonOf, failureOf, ending }: AttemptOptions,
): Promise<JobResult> {
  const { id, retryCount, retryLimit, sourceRootId } = job
  const key = sourceRootId ?? id
  const details = { jobId: key, job: definition.name, attempt: retryCount + 1 }
  const stored = StoredJob.safeParse(job.data)
  const payload = definition.payload.safeParse(stored.data?.payload)
  if (!stored.success || !payload.success) {
    log.error(details, 'job with a wrong payload given up')
    return { id, status: 'deadletter', output: { reason: 'The payload does not fit the job.' } }
  }
  const { requestId, followed } = stored.data
  try {
    if (followed && !(await startRun(db, key))) return { id, status: 'completed' }
    const signal = AbortSignal.any([job.signal, ending])
    const running: RunningJob = {
      id: key,
      name: definition.name,
      attempt: retryCount + 1,
      requestId,
      signal,
      async progress(done, total) {
        signal.throwIfAborted()
        if (followed && !(await noteProgress(db, key, { done, total }))) throw new JobCancelled()
      },
      once: (tx, effect) => markEffect(tx, key, effect),
    }
    const result = await run(payload.data, running)
    if (followed) await endRun(db, key, { status: 'succeeded', result: result ?? null })
    return { id, status: 'completed' }
  } catch (error) {
    if (error instanceof JobCancelled) return { id, status: 'completed' }
    const isLast = retryCount >= retryLimit
    log[isLast ? 'error' : 'warn'](
      { ...details, err: error },
      isLast ? 'job given up' : 'job failed, to be tried again',
    )
    if (isLast && followed) {
      await endRun(db, key, { status: 'failed', failureReason: failureOf(error) }).catch(() => {})
    }
    return { id, status: 'failed', output: { reason: reasonOf(error).slice(0, MAX_REASON_LENGTH) } }
  }
}

/** Thrown in a handler whose job was cancelled by its owner. */
class JobCancelled extends Error {
  override readonly name = 'JobCancelled'
}
