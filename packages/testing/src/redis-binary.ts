import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import { searchPath, testRedisUrl } from './env.ts'

/** `redis-server` on the PATH, where there is one. */
export const redisBinary = searchPath
  .split(path.delimiter)
  .map((folder) => path.join(folder, 'redis-server'))
  .find(isExecutable)

/** Behind the name of a `describe.skipIf(noRedis)`: says why it was skipped. */
export const noRedis =
  testRedisUrl === undefined && redisBinary === undefined
    ? ' (skipped: there is neither TEST_REDIS_URL nor a redis-server on the PATH)'
    : ''

/** The same where a test must be able to stop the server. */
export const noRedisBinary =
  redisBinary === undefined ? ' (skipped: there is no redis-server on the PATH)' : ''

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
