import { testRedisUrl } from './env.ts'
import { findProgram, unlessFound } from './on-path.ts'

/** `redis-server`, where there is one. */
export const redisBinary = findProgram('redis-server')

/** Behind the name of a `describe.skipIf(noRedis)`: says why it was skipped. */
export const noRedis =
  testRedisUrl === undefined && redisBinary === undefined
    ? ' (skipped: there is neither TEST_REDIS_URL nor a redis-server on the PATH)'
    : ''

/** The same where a test must be able to stop the server. */
export const noRedisBinary = unlessFound('redis-server')
