import type { RedisLink } from '@galley/redis/link'
import { NOW_LUA, numbers, redisScript } from '@galley/redis/script'
import type { Clock, WindowCounters } from './window.ts'

/** Counts in a hash per key, which Redis drops two windows after its last one began. */
export function createRedisCounters(
  link: Pick<RedisLink, 'redis'>,
  { now }: { now?: Clock } = {},
): WindowCounters {
  return {
    async take({ key, least, most, quota, windowSeconds }) {
      const at = now?.().getTime() ?? ''
      const args = [at, windowSeconds * 1000, quota, least, most]
      const [granted = 0, current = 0, previous = 0, elapsedMs = 0] = await takeUnits(
        await link.redis(),
        [`rate:${key}`],
        args,
      )
      return { granted, current, previous, elapsedSeconds: elapsedMs / 1000 }
    },
  }
}

const takeUnits = redisScript(
  `${NOW_LUA}
local window, quota = tonumber(ARGV[2]), tonumber(ARGV[3])
local least, most = tonumber(ARGV[4]), tonumber(ARGV[5])
local stored = redis.call('HMGET', KEYS[1], 'start', 'current', 'previous')
local start, current, previous = tonumber(stored[1]), tonumber(stored[2]), tonumber(stored[3])

if start and start > now then
  -- The clock went back: else the window would not end until that time comes.
  start = now
  redis.call('HSET', KEYS[1], 'start', start)
end
if not start or now >= start + 2 * window then
  start, current, previous = now, 0, 0
elseif now >= start + window then
  start, current, previous = start + window, 0, current
end

local elapsed = math.max(0, now - start)
local free = math.floor(quota - current - previous * (1 - elapsed / window))
local granted = 0
if free >= least then
  granted = math.min(free, most)
  current = current + granted
  redis.call('HSET', KEYS[1], 'start', start, 'current', current, 'previous', previous)
  redis.call('PEXPIRE', KEYS[1], 2 * window)
end
return { granted, current, previous, elapsed }
`,
  numbers,
)
