import { createHash } from 'node:crypto'
import type { Redis } from 'ioredis'

/**
 * A Lua script, run as one step of the server's. It is named by its hash and sent in full only to a server that does not
 * know it. `read` gets the list that it returns: whole numbers, and strings as buffers.
 */
export function redisScript<Result>(lua: string, read: (reply: unknown[]) => Result) {
  const hash = createHash('sha1').update(lua).digest('hex')
  return async (redis: Redis, keys: string[], args: (string | number | Buffer)[]) => {
    const rest = [keys.length, ...keys, ...args] as const
    try {
      return read(listOf(await redis.callBuffer('evalsha', hash, ...rest)))
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error
      return read(listOf(await redis.callBuffer('eval', lua, ...rest)))
    }
  }
}

export const numbers = (reply: unknown[]): number[] => reply.map(Number)

/** The first lines of a script: `now`, in milliseconds, is its first argument or the server's own clock. */
export const NOW_LUA = `
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
`

function listOf(reply: unknown): unknown[] {
  if (!Array.isArray(reply)) throw new Error('Redis did not return a list')
  return reply
}
