import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Logger } from 'pino'
import { bootProblem } from './boot-error.ts'

const SAME_SIGNAL_MS = 250

/** Starts the process by `boot`; what goes wrong before it is up is one line on standard error, and exit code 1. */
export async function bootOrExit(boot: () => Promise<void>) {
  try {
    await boot()
  } catch (error) {
    process.stderr.write(`Galley did not start: ${bootProblem(error)}\n`)
    process.exit(1)
  }
}

/**
 * Ends the process by `close` on SIGTERM or SIGINT: exit code 0, or 1 when `close` fails or takes longer than
 * `limitMs`. A second signal ends it at once.
 */
export function closeOnSignal(log: Logger, limitMs: number, close: () => Promise<void>) {
  let startedAt: number | undefined
  const end = (signal: string) => {
    // Ctrl-C comes from the terminal and again from the package manager: that is one signal.
    if (startedAt !== undefined && performance.now() - startedAt < SAME_SIGNAL_MS) return
    if (startedAt !== undefined) process.exit(1)
    startedAt = performance.now()
    log.info({ signal }, 'shutting down')
    setTimeout(() => {
      log.error({ limitMs }, 'shutdown took too long')
      process.exit(1)
    }, limitMs)
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'shutdown failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
}

/** Logs what nobody caught, without the values that Node would print with it, and ends the process. */
export function exitOnUncaught(log: Logger) {
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'uncaught error')
    process.exit(1)
  })
}

/**
 * Gives back what loading the program has left, a third of the process, before anybody waits for it: V8 does not by itself
 * until it needs the room.
 */
export function dropStartGarbage() {
  setFlagsFromString('--expose-gc')
  const collect: (options: object) => void = runInNewContext('gc')
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
}
