import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'
import type { Logger } from 'pino'
import type { Env } from './env.ts'
import { createLogger } from './log/logger.ts'
import { closeOnSignal, exitOnUncaught } from './lifecycle.ts'
import { startClusterMetrics } from './metrics/start.ts'

const RESTART_MS = 1000
/** What is left to end the others, after the one that takes longest has given up by itself. */
const SPARE_MS = 1000

/**
 * Starts `WEB_CONCURRENCY` processes that take connections from one socket, and another for each that ends. The first runs the jobs, if
 * any does. What the first cannot start with ends all of it, in its own words; so does the last that is left. A signal
 * is passed on to all of them.
 */
export async function runCluster(env: Env) {
  const log = await createLogger(env)
  exitOnUncaught(log)
  // They take connections from one socket: none is ever on its way to a process that has just been killed.
  cluster.schedulingPolicy = cluster.SCHED_NONE
  let isEnding = false
  let isUp = false

  const limitMs = env.SHUTDOWN_DRAIN_MS + env.SHUTDOWN_TIMEOUT_MS + SPARE_MS
  closeOnSignal(log, limitMs, async () => {
    isEnding = true
    const ends = await Promise.all(living().map(endOf))
    const failed = ends.filter((end) => end !== 'ended').length
    if (failed > 0) throw new Error(`${failed} processes did not end as they should`)
  })
  await startClusterMetrics(env, log)
  start(0)

  function start(place: number) {
    if (isEnding) return
    const worker = cluster.fork(place === 0 ? {} : { WORKER: 'none' })
    const { pid } = worker.process
    worker.once('listening', () => {
      log.info({ pid }, 'process answers')
      if (isUp) return
      isUp = true
      for (let other = 1; other < env.WEB_CONCURRENCY; other++) start(other)
    })
    worker.once('exit', (code, signal) => {
      if (isEnding) return
      if (!isUp) endBeforeUp(signal)
      log.error({ pid, code, signal }, 'process ended')
      if (living().length === 0) endAll(log)
      else setTimeout(start, RESTART_MS, place)
    })
  }
}

const living = () =>
  Object.values(cluster.workers ?? {}).flatMap((worker) =>
    worker && !worker.isDead() ? [worker] : [],
  )

/** One that had not come so far as to listen to signals is ended by the signal itself. */
async function endOf(worker: Worker): Promise<'ended' | 'failed'> {
  const exit = once(worker, 'exit')
  worker.process.kill('SIGTERM')
  const [code, signal] = await exit
  return code === 0 || signal === 'SIGTERM' ? 'ended' : 'failed'
}

/** It has said why by itself, unless it was killed. */
function endBeforeUp(signal: string | null): never {
  if (signal) process.stderr.write(`Galley did not start: its process was ended by ${signal}\n`)
  process.exit(1)
}

function endAll(log: Logger) {
  log.fatal('no process is left')
  process.exit(1)
}
