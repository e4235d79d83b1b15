import type { Db } from '@galley/db/client'
import { createPostgresCounters } from './postgres-counters.ts'
import { createPostgresThrottles } from './postgres-throttles.ts'
import { createRedisCounters } from './redis-counters.ts'
import { createRedisLink, type RedisLink } from '@galley/redis/link'
import type { RedisMeter } from '@galley/redis/metered'
import { createRedisThrottles } from './redis-throttles.ts'
import type { ThrottleStore } from './throttle.ts'
import type { WindowCounters } from './window.ts'

export type LimitStores = {
  counters: WindowCounters
  throttles: ThrottleStore
  /** Resolves when Redis responds, where there is one; rejects otherwise. */
  pingRedis?: () => Promise<void>
  close(): void
}

type Options = {
  /** Redis to count in, `redis://` or `rediss://`. */
  redisUrl?: string
  /** Called when Redis begins to fail, with the reason, and when it is back, without. */
  onRedisChange?: (failure?: unknown) => void
  /** Hears of what is sent to Redis. */
  redisMeter?: RedisMeter | undefined
}

/**
 * Where limits are counted: in PostgreSQL, or in Redis where there is one. While Redis fails PostgreSQL stands in, with
 * counts of its own: limits never fail open, but start from zero, so that at most twice as much passes while Redis comes and
 * goes. What a process holds in Redis stays there for when it is back.
 */
export function createLimitStores(db: Db, options: Options = {}): LimitStores {
  const { redisUrl, onRedisChange, redisMeter } = options
  const counters = createPostgresCounters(db)
  const throttles = createPostgresThrottles(db)
  if (redisUrl === undefined) return { counters, throttles, close() {} }

  const link = createRedisLink(redisUrl, { onChange: onRedisChange, meter: redisMeter })
  return {
    counters: withFallback(link, createRedisCounters(link), counters),
    throttles: throttlesWithFallback(link, createRedisThrottles(link), throttles),
    async pingRedis() {
      await (await link.redis()).ping()
    },
    close: link.close,
  }
}

function withFallback(
  link: RedisLink,
  redis: WindowCounters,
  postgres: WindowCounters,
): WindowCounters {
  return {
    take: (demand) =>
      link.use(
        () => redis.take(demand),
        () => postgres.take(demand),
      ),
  }
}

function throttlesWithFallback(
  link: RedisLink,
  redis: ThrottleStore,
  postgres: ThrottleStore,
): ThrottleStore {
  return {
    attemptRolling: (...attempt) =>
      link.use(
        () => redis.attemptRolling(...attempt),
        () => postgres.attemptRolling(...attempt),
      ),
    attemptGrowing: (...attempt) =>
      link.use(
        () => redis.attemptGrowing(...attempt),
        () => postgres.attemptGrowing(...attempt),
      ),
    clear: (key) =>
      link.use(
        () => redis.clear(key),
        () => postgres.clear(key),
      ),
  }
}
