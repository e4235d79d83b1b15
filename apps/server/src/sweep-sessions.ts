import type { SessionStore } from '@galley/auth/sessions'
import type { Log } from '@galley/core/ctx'

const HOUR_MS = 60 * 60 * 1000

/** Removes expired sessions now and every hour. Answers the function that stops it. */
export function sweepSessions(sessions: Pick<SessionStore, 'deleteExpired'>, log: Log) {
  const sweep = () => {
    sessions.deleteExpired().then(
      (count) => log.info({ count }, 'expired sessions swept'),
      (error: unknown) => log.error({ err: error }, 'sweep of sessions failed'),
    )
  }
  sweep()
  const timer = setInterval(sweep, HOUR_MS).unref()
  return () => clearInterval(timer)
}
