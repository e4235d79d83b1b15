import { AsyncLocalStorage } from 'node:async_hooks'

/** What a line of the log says of the work that it is about: a call of a procedure, or an attempt at a job. */
export type Work = {
  requestId?: string | undefined
  traceId?: string | undefined
  procedure?: string
  job?: string
}

const storage = new AsyncLocalStorage<Work>()

/** Runs it so that adapters, which know nothing of calls and jobs, can say in a log and count what they do it for. */
export const whileAt = <Result>(work: Work, run: () => Result): Result => storage.run(work, run)

/** What this runs for; nothing at the start, or on a timer. */
export const currentWork = (): Work | undefined => storage.getStore()
