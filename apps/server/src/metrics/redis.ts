import { type RedisMeter, redisErrorType } from '@galley/redis/metered'
import { type Operations, serverLabels } from './operations.ts'

/** Measures what is sent to the Redis at `url`. */
export function createRedisMeter(operations: Operations, url: string): RedisMeter {
  const of = { db_system_name: 'redis', ...serverLabels(url, 6379) }
  return {
    command({ operation }) {
      const begun = performance.now()
      const db_operation_name = known.has(operation) ? operation : 'other'
      return (error) => {
        const error_type = error === undefined ? undefined : knownError(error)
        operations({ ...of, db_operation_name, error_type }, performance.now() - begun)
      }
    },
  }
}

/** What we send; what a connection begins with is `other`. */
const known = new Set(['DEL', 'EVAL', 'EVALSHA', 'PING', 'UNLINK'])

function knownError(error: unknown): string {
  const type = redisErrorType(error)
  return errors.has(type) ? type : 'other'
}

const errors = new Set(
  'connection timeout BUSY CLUSTERDOWN ERR LOADING MASTERDOWN MISCONF NOAUTH NOPERM NOSCRIPT OOM READONLY WRONGPASS WRONGTYPE'.split(
    ' ',
  ),
)
