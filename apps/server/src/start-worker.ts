import type { JobWorker } from '@galley/jobs/create-jobs'
import type { JobHandler } from '@galley/jobs/jobs'
import { systemCtx } from '@galley/platform/ctx'
import { toAppError } from '@galley/platform/errors'
import { EVENTS_CHANNEL } from '@galley/platform/events/announcer'
import { dispatchEvents } from '@galley/platform/events/dispatch'
import { platformReactions } from '@galley/platform/events/reactions'
import { dispatchJob, jobHandlers, platformJobs } from '@galley/platform/job-registry'
import { publishingJobs } from '@galley/publishing/jobs'
import { publishingReactions } from '@galley/publishing/reactions'
import { whileAt } from '@galley/tracing/work'
import type { Logger } from 'pino'
import type { Deps } from './deps.ts'
import { serializeError } from './log/serialize-error.ts'
import type { JobMeter } from './metrics/jobs.ts'

/** Runs jobs and dispatches events in this process. Returns at once: it takes up work when the database can be reached. */
export const startWorker = (deps: Deps, log: Logger, meter?: JobMeter): JobWorker =>
  deps.startWorker({
    handlers: handlersOf(deps, log).map((handler) => meter?.handler(handler) ?? handler),
    polls: [
      {
        run: () =>
          whileAt({ job: 'events.dispatch' }, () =>
            dispatchEvents(reactions, systemCtx(deps.domain, { log })),
          ),
        subscribe: (wake) => deps.listen(EVENTS_CHANNEL, wake),
      },
    ],
    log,
    reasonOf,
    failureOf,
  })

/** What a worker runs, each kind of job by its name. */
export const handlersOf = (deps: Deps, log: Logger): JobHandler[] =>
  jobHandlers([...jobs, ...(deps.scheduledBackup ? [deps.scheduledBackup] : [])], {
    deps: deps.domain,
    log,
  })

const failureOf = (error: unknown) => toAppError(error).reason

/** What went wrong at the root of it, as the log would say it: no values of SQL statements. */
export function reasonOf(error: unknown): string {
  let inner = serializeError(error)
  while (inner.cause) inner = inner.cause
  return inner.code ? `${inner.message} (${inner.code})` : inner.message
}

const reactions = {
  ...platformReactions,
  ...publishingReactions, // publishing
}

/** Every kind of job that a worker runs. */
const jobs = [...platformJobs, dispatchJob(reactions), ...publishingJobs]
