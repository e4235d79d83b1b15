import { createHash } from 'node:crypto'
import type { Redis } from 'ioredis'

/**
 * A Lua script on one key, run as one step of the server's. It is named by its hash and sent in full only to a server
 * that does not know it. Returns whole numbers.
 */
export function redisScript(lua: string) {
  const hash = createHash('sha1').update(lua).digest('hex')
  return async (redis: Redis, key: string, args: (string | number)[]): Promise<number[]> => {
    try {
      return numbers(await redis.evalsha(hash, 1, key, ...args))
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error
      return numbers(await redis.eval(lua, 1, key, ...args))
    }
  }
}

/** The first lines of a script: `now`, in milliseconds, is its first argument or the server's own clock. */
export const NOW_LUA = `
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
`

function numbers(reply: unknown): number[] {
  if (!Array.isArray(reply)) throw new Error('Redis did not return a list')
  return reply.map(Number)
}
