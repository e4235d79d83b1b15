import type { Queryable } from '@galley/db/client'
import {
  errorType,
  fail,
  inSpan,
  traceparentOf,
  type Span,
  type SpanOptions,
} from '@galley/tracing/span'
import { traceIdIn } from '@galley/tracing/traceparent'
import { whileAt } from '@galley/tracing/work'
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
  handler: JobHandler,
  job: JobWithMetadata<unknown>,
  options: AttemptOptions,
): Promise<JobResult> {
  const { id, retryCount, sourceRootId } = job
  const { definition } = handler
  const key = sourceRootId ?? id
  const details = { jobId: key, job: definition.name, attempt: retryCount + 1 }
  const stored = StoredJob.safeParse(job.data)
  const payload = definition.payload.safeParse(stored.data?.payload)
  if (!stored.success || !payload.success) {
    options.log.error(details, 'job with a wrong payload given up')
    return { id, status: 'deadletter', output: { reason: 'The payload does not fit the job.' } }
  }
  const { requestId, followed, traceparent: cause } = stored.data
  return inSpan(`process ${definition.name}`, spanOf(details, cause), (span) => {
    const traceparent = span ? traceparentOf(span) : cause
    const started = { details, followed, requestId, traceparent, payload: payload.data }
    const work = {
      traceId: traceIdIn(traceparent),
      job: definition.name,
      ...(requestId !== null && { requestId }),
    }
    return whileAt(work, () => runStarted(handler, job, options, started, span))
  })
}

type Started = {
  details: { jobId: string; job: string; attempt: number }
  followed: boolean
  requestId: string | null
  traceparent: string | undefined
  payload: unknown
}

async function runStarted(
  { run }: JobHandler,
  { id, retryCount, retryLimit, signal: timeOver }: JobWithMetadata<unknown>,
  { db, log, reasonOf, failureOf, ending }: AttemptOptions,
  { details, followed, requestId, traceparent, payload }: Started,
  span: Span | undefined,
): Promise<JobResult> {
  const { jobId, job: name, attempt } = details
  try {
    if (followed && !(await startRun(db, jobId))) return { id, status: 'completed' }
    const signal = AbortSignal.any([timeOver, ending])
    const running: RunningJob = {
      id: jobId,
      name,
      attempt,
      requestId,
      traceparent,
      signal,
      async progress(done, total) {
        signal.throwIfAborted()
        if (followed && !(await noteProgress(db, jobId, { done, total }))) throw new JobCancelled()
      },
      once: (tx, effect) => markEffect(tx, jobId, effect),
    }
    const result = await run(payload, running)
    if (followed) await endRun(db, jobId, { status: 'succeeded', result: result ?? null })
    return { id, status: 'completed' }
  } catch (error) {
    if (error instanceof JobCancelled) return { id, status: 'completed' }
    const isLast = retryCount >= retryLimit
    log[isLast ? 'error' : 'warn'](
      { ...details, traceId: traceIdIn(traceparent), err: error },
      isLast ? 'job given up' : 'job failed, to be tried again',
    )
    if (span) fail(span, errorType(error))
    if (isLast && followed) {
      await endRun(db, jobId, { status: 'failed', failureReason: failureOf(error) }).catch(() => {})
    }
    return { id, status: 'failed', output: { reason: reasonOf(error).slice(0, MAX_REASON_LENGTH) } }
  }
}

const spanOf = ({ jobId, job, attempt }: Started['details'], cause = ''): SpanOptions => ({
  kind: 'consumer',
  cause,
  attributes: {
    'messaging.system': 'pgboss',
    'messaging.operation.name': 'process',
    'messaging.operation.type': 'process',
    'messaging.destination.name': job,
    'messaging.message.id': jobId,
    'galley.job.attempt': attempt,
  },
})

/** Thrown in a handler whose job was cancelled by its owner. */
class JobCancelled extends Error {
  override readonly name = 'JobCancelled'
}
