import type { RedisLink } from '@galley/redis/link'
import { NOW_LUA, numbers, redisScript } from '@galley/redis/script'
import { FORGET_SECONDS, type ThrottleStore } from './throttle.ts'
import type { Clock } from './window.ts'

/** Counts in a list or a hash per key, which Redis drops when it no longer matters. */
export function createRedisThrottles(
  link: Pick<RedisLink, 'redis'>,
  { now }: { now?: Clock } = {},
): ThrottleStore {
  const at = () => now?.().getTime() ?? ''
  const run = async (script: typeof attemptRolling, key: string, args: (string | number)[]) => {
    const [waitMs = 0] = await script(await link.redis(), [`throttle:${key}`], [at(), ...args])
    return waitMs / 1000
  }
  return {
    attemptRolling: (key, { attempts, windowSeconds }) =>
      run(attemptRolling, key, [attempts, windowSeconds * 1000]),
    attemptGrowing: (key, { attempts, windowSeconds, longestWaitSeconds }) =>
      run(attemptGrowing, key, [
        attempts,
        windowSeconds * 1000,
        longestWaitSeconds * 1000,
        FORGET_SECONDS * 1000,
      ]),
    async clear(key) {
      const redis = await link.redis()
      await redis.del(`throttle:${key}`)
    },
  }
}

// The list holds when the attempts were made, the earliest first.
const attemptRolling = redisScript(
  `${NOW_LUA}
local attempts, window = tonumber(ARGV[2]), tonumber(ARGV[3])
-- What lies in the future, since the clock went back, counts as of now.
for at = redis.call('LLEN', KEYS[1]) - 1, 0, -1 do
  if tonumber(redis.call('LINDEX', KEYS[1], at)) <= now then break end
  redis.call('LSET', KEYS[1], at, now)
end
local first = tonumber(redis.call('LINDEX', KEYS[1], 0))
while first and first <= now - window do
  redis.call('LPOP', KEYS[1])
  first = tonumber(redis.call('LINDEX', KEYS[1], 0))
end
if redis.call('LLEN', KEYS[1]) >= attempts then
  return { first + window - now }
end
redis.call('RPUSH', KEYS[1], now)
redis.call('PEXPIRE', KEYS[1], window)
return { 0 }
`,
  numbers,
)

const attemptGrowing = redisScript(
  `${NOW_LUA}
local attempts, window = tonumber(ARGV[2]), tonumber(ARGV[3])
local longest, forget = tonumber(ARGV[4]), tonumber(ARGV[5])
local stored = redis.call('HMGET', KEYS[1], 'attempts', 'blocked', 'expires')
local blocked = tonumber(stored[2]) or 0
local function waitAfter(count)
  return math.min(window * 2 ^ math.min(count - attempts, 20), longest)
end
if blocked > now then
  local latest = now + waitAfter(tonumber(stored[1]))
  if blocked > latest then
    -- The clock went back.
    blocked = latest
    redis.call('HSET', KEYS[1], 'blocked', blocked)
  end
  return { blocked - now }
end

local counted = 1
if (tonumber(stored[3]) or 0) > now then
  counted = tonumber(stored[1]) + 1
end
local life = window
blocked = 0
if counted >= attempts then
  blocked = now + waitAfter(counted)
  life = forget
end
redis.call('HSET', KEYS[1], 'attempts', counted, 'blocked', blocked, 'expires', now + life)
redis.call('PEXPIRE', KEYS[1], life)
return { 0 }
`,
  numbers,
)
