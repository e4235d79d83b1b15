import { randomUUID } from 'node:crypto'
import { createRedisLink, type RedisLink } from '@galley/redis/link'
import { noRedis, randomPrefix, useTestRedis } from '@galley/testing/redis'
import { afterAll, describe } from 'vitest'
import { createCache, type Cache } from '../src/cache.ts'
import { createMemoryStore } from '../src/memory-store.ts'
import { createRedisStore } from '../src/redis-store.ts'

type Options = Parameters<typeof createCache>[0]

/** Caches as several processes would have them, on stores that are empty. */
export type CreateCaches = (options?: Options & { count?: number }) => Cache[]

/** The same tests for each driver, and for both together. */
export function describeCaches(name: string, tests: (create: CreateCaches) => void) {
  describe(`${name} in memory`, () => {
    tests(({ count = 1, ...options } = {}) =>
      Array.from({ length: count }, () => createCache({ ...options, memory: memory() })),
    )
  })
  describeSharedCaches(name, tests)
}

/** For what only processes with a Redis have in common. */
export function describeSharedCaches(name: string, tests: (create: CreateCaches) => void) {
  describe.skipIf(noRedis)(`${name} in Redis${noRedis}`, () => {
    tests(useRedisCaches(() => undefined))
  })
  describe.skipIf(noRedis)(`${name} in memory and Redis${noRedis}`, () => {
    tests(useRedisCaches(memory))
  })
}

const memory = () => createMemoryStore({ maxBytes: 1_000_000 })

function useRedisCaches(createMemory: () => Options['memory']): CreateCaches {
  const redis = useTestRedis()
  const links: RedisLink[] = []
  afterAll(() => links.forEach((link) => link.close()))
  return ({ count = 1, ...options } = {}) => {
    const prefix = `${randomPrefix()}${randomUUID()}:`
    return Array.from({ length: count }, () => {
      // A busy machine is no failure of Redis here.
      const link = createRedisLink(redis.url, { prefix, commandMs: 10_000 })
      links.push(link)
      const store = createRedisStore(link, { now: options.now })
      return createCache({ ...options, redis: store, memory: createMemory() })
    })
  }
}

/** A clock that stands still until it is moved. */
export function testClock() {
  let time = Date.parse('2026-11-23T12:00:00Z')
  return { now: () => time, advance: (seconds: number) => void (time += seconds * 1000) }
}

/** What is loaded: `value` as it is when the load begins, held back while there is a gate. */
export function testSource(value = 'first') {
  const source = {
    value,
    loads: 0,
    gate: Promise.resolve(),
    async load() {
      source.loads += 1
      const { value, gate } = source
      await gate
      return Buffer.from(value)
    },
    /** Holds the loads that begin from now on until the function that it returns is called. */
    close() {
      const { promise, resolve } = Promise.withResolvers<void>()
      source.gate = promise
      return () => {
        source.gate = Promise.resolve()
        resolve()
      }
    },
  }
  return source
}
