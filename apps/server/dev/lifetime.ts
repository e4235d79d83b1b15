import { bootProblem } from '../src/boot-error.ts'

/** Registers what has to be closed when the process ends. */
export type AtEnd = (close: () => Promise<void>) => void

/**
 * Does `work` until it ends, fails or is interrupted by a signal; then closes what it has opened, the last first, and
 * exits. A failure is one line on standard error and exit code 1, an interruption is exit code 0.
 */
export async function liveUntilSignal(work: (atEnd: AtEnd, signal: AbortSignal) => Promise<void>) {
  const interruption = new AbortController()
  const { signal } = interruption
  const interrupted = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve())
  })
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => interruption.abort())

  const closers: (() => Promise<void>)[] = []
  try {
    await Promise.race([work((close) => closers.push(close), signal), interrupted])
  } catch (error) {
    if (!signal.aborted) {
      process.exitCode = 1
      console.error(`Galley did not start: ${bootProblem(error)}`)
    }
  }
  for (const close of closers.toReversed()) await close()
  process.exit()
}
