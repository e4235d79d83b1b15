import type { Log } from '@galley/platform/ctx'
import type { DiagLogger } from '@opentelemetry/api'

const QUIET_MS = 60_000
const MAX_REASON_LENGTH = 200

/** What goes wrong on the way to the collector, in our log, at most once a minute: every batch meets the same. */
export function tellOfExport(log: Pick<Log, 'warn'>, now = () => performance.now()): DiagLogger {
  let quietUntil = 0
  const tell = (text: string) => {
    if (now() < quietUntil) return
    quietUntil = now() + QUIET_MS
    log.warn({ reason: reasonIn(text) }, 'traces are not sent')
  }
  return { error: tell, warn: tell, info() {}, debug() {}, verbose() {} }
}

/** The SDK hands on errors as JSON, with their stacks and the collector's response. */
function reasonIn(text: string): string {
  try {
    const { message, code } = Object(JSON.parse(text))
    const reason = [message || 'failed', code && `(${code})`].filter(Boolean).join(' ')
    return reason.slice(0, MAX_REASON_LENGTH)
  } catch {
    return text.slice(0, MAX_REASON_LENGTH)
  }
}
