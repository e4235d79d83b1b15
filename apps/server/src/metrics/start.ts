import cluster from 'node:cluster'
import type { MeasuredHealth } from '@galley/contract/platform/health'
import type { Logger } from 'pino'
import type { Env } from '../env.ts'
import type { Metrics } from './metrics.ts'

/** What runs while a process is measured. */
export type Running = Metrics &
  AsyncDisposable & {
    /** Of the last hour, of all processes of this server. */
    measured(): Promise<MeasuredHealth | null>
  }

/**
 * Begins to measure this process where `METRICS_PORT` is set, and nothing is loaded where it is not. One process by itself serves
 * its values; one of several gives them to the process that watches over them.
 */
export async function startMetrics(env: Env, log: Logger): Promise<Running | undefined> {
  const { METRICS_PORT: port, METRICS_HOST: host } = env
  if (port === undefined) return undefined
  const { createMetrics } = await import('./metrics.ts')
  const metrics = createMetrics(env, log)
  if (cluster.isWorker) {
    const { createHistoryQuestions, replyToPrimary } = await import('./processes.ts')
    replyToPrimary(metrics)
    const measured = createHistoryQuestions()
    return { ...metrics, measured, [Symbol.asyncDispose]: async () => metrics.stop() }
  }
  const { listenForScrapes } = await import('./listener.ts')
  const { toText } = await import('./exposition.ts')
  const { createHistory } = await import('./history.ts')
  const history = createHistory(async () => [await metrics.collect(false)])
  const read = async () => toText([await metrics.collect(true)])
  const listener = await listenForScrapes(read, { host, port, log })
  return {
    ...metrics,
    measured: history.measured,
    async [Symbol.asyncDispose]() {
      history.stop()
      metrics.stop()
      listener.close()
    },
  }
}

/** The same in the process that watches over several: serves what they have measured together. */
export async function startClusterMetrics(env: Env, log: Logger): Promise<void> {
  const { METRICS_PORT: port, METRICS_HOST: host } = env
  if (port === undefined) return
  const { createCollector, replyToQuestions } = await import('./processes.ts')
  const { createHistory } = await import('./history.ts')
  const { listenForScrapes } = await import('./listener.ts')
  const { toText } = await import('./exposition.ts')
  const collect = createCollector()
  replyToQuestions(createHistory(collect))
  await listenForScrapes(async () => toText(await collect()), { host, port, log })
}
