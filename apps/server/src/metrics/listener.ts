import type { Logger } from 'pino'
import { listenBeside } from '../side-listener.ts'

const TYPE = 'text/plain; version=0.0.4; charset=utf-8'

type Options = { host: string; port: number; log: Logger }

/**
 * Serves what `read` returns at `/metrics`, on a port of its own, so that no proxy in front shows it to everybody. Those who
 * ask at once get the same. Throws BootError where the port cannot be had.
 */
export async function listenForScrapes(read: () => Promise<string>, { host, port, log }: Options) {
  let reading: Promise<string> | undefined
  const listener = await listenBeside({
    variable: 'METRICS_PORT',
    host,
    port,
    log,
    answers: {
      async '/metrics'() {
        reading ??= read().finally(() => (reading = undefined))
        return { type: TYPE, body: await reading }
      },
    },
  })
  log.info({ host, port }, 'metrics are served')
  return listener
}
