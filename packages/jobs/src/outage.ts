import { isConnectionError } from '@galley/db/errors'
import type { AttemptLog } from './attempt.ts'

const LOOK_EVERY_MS = 1_000

/**
 * Says once that the job queue has lost its database, with the cause, and once that it has it again: each of pg-boss's many
 * loops reports every attempt of its own. Other failures are logged one by one. `look` resolves when the database can be reached.
 */
export function createOutage(
  log: AttemptLog,
  look: () => Promise<unknown>,
  lookEveryMs = LOOK_EVERY_MS,
) {
  let timer: NodeJS.Timeout | undefined
  let isLooking = false

  return {
    failed(reported: unknown) {
      const error = asError(reported)
      if (!isConnectionError(error)) return log.error({ err: error }, 'job queue failed')
      if (timer) return
      log.error({ err: error }, 'job queue lost its database')
      timer = setInterval(() => void check(), lookEveryMs)
      timer.unref()
    },
    stop: end,
  }

  async function check() {
    if (isLooking) return
    isLooking = true
    try {
      await look()
      if (timer) log.info({}, 'job queue has its database again')
      end()
    } catch {
      // Then it looks again.
    } finally {
      isLooking = false
    }
  }

  function end() {
    clearInterval(timer)
    timer = undefined
  }
}

/** pg-boss hands on copies of errors, which are plain objects. */
function asError(reported: unknown): Error {
  if (reported instanceof Error) return reported
  if (typeof reported !== 'object' || reported === null) return new Error(String(reported))
  return Object.assign(new Error(), reported)
}
