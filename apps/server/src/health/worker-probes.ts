import type { JobWorker } from '@galley/jobs/create-jobs'
import type { Logger } from 'pino'
import type { Env } from '../env.ts'
import { listenBeside, type SideAnswer } from '../side-listener.ts'

/** It looks for work every second, and no statement may take longer than some. */
const SILENCE_MS = 60_000

/**
 * For a worker by itself, where `WORKER_PORT` is set. `/health/live`: it goes on looking for work, with or without a database, since a
 * restart mends only the process. `/health/ready`: it takes jobs, and has not been told to end.
 */
export async function listenForProbes(
  { WORKER_PORT: port, HOST: host }: Pick<Env, 'WORKER_PORT' | 'HOST'>,
  { ready, silentMs }: Pick<JobWorker, 'ready' | 'silentMs'>,
  log: Logger,
) {
  if (port === undefined) return undefined
  let isReady = false
  ready.then(
    () => (isReady = true),
    () => {},
  )
  const listener = await listenBeside({
    variable: 'WORKER_PORT',
    host,
    port,
    log,
    answers: {
      '/health/live': () => stateOf(silentMs() < SILENCE_MS),
      '/health/ready': () => stateOf(isReady),
    },
  })
  return { ...listener, leave: () => void (isReady = false) }
}

const stateOf = (isWell: boolean): SideAnswer => ({
  status: isWell ? 200 : 503,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify({ status: isWell ? 'ok' : 'unavailable' }),
})
