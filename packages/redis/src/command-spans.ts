import { serverAddressOf } from '@galley/tracing/server-address'
import { fail, recordingSpan, startSpan } from '@galley/tracing/span'
import { type RedisMeter, redisErrorType, replyPrefix } from './metered.ts'

/** A span for each command of a trace to the Redis at `url`: its name, and never its keys and values. */
export function createCommandSpans(url: string): RedisMeter {
  const server = serverAddressOf(url, 6379)
  const of = {
    'db.system.name': 'redis',
    'db.namespace': new URL(url).pathname.slice(1) || '0',
    ...server,
  }
  const target = `${server['server.address']}:${server['server.port']}`
  return {
    command({ operation, script }) {
      if (!recordingSpan()) return () => {}
      const span = startSpan(`${operation} ${script ?? target}`, {
        kind: 'client',
        attributes: {
          ...of,
          'db.operation.name': operation,
          ...(script !== undefined && { 'db.stored_procedure.name': script }),
        },
      })
      return (error) => {
        const status = error instanceof Error ? replyPrefix(error) : undefined
        if (status !== undefined) span.setAttribute('db.response.status_code', status)
        if (error !== undefined) fail(span, redisErrorType(error))
        span.end()
      }
    },
  }
}
