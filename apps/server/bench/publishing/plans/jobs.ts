import type { Db } from '@galley/db/client'
import type { JobHandler } from '@galley/jobs/jobs'
import type { Deps } from '../../../src/deps.ts'
import { createLogger } from '../../../src/log/logger.ts'
import { handlersOf } from '../../../src/start-worker.ts'

/** Whether a job runs in every hour of the day. */
const isHourly = ({ definition: { cron } }: JobHandler) => cron?.split(' ')[1] === '*'

/** The jobs that run every hour or oftener, by their names, each as a worker runs it: those that a worker knows, none is named here. */
export async function hourlyJobs(
  deps: Deps,
  db: Db,
): Promise<Record<string, () => Promise<unknown>>> {
  const log = await createLogger({ NODE_ENV: 'test', LOG_LEVEL: 'silent' })
  const handlers = handlersOf({ ...deps, domain: { ...deps.domain, db } }, log)
  return Object.fromEntries(
    handlers.filter(isHourly).map(({ definition: { name }, run }) => [
      `job: ${name}`,
      () =>
        run(
          {},
          {
            id: name,
            name,
            attempt: 1,
            requestId: null,
            traceparent: undefined,
            signal: new AbortController().signal,
            progress: async () => {},
            once: async () => true,
          },
        ),
    ]),
  )
}
