import { randomUUID } from 'node:crypto'
import { createDb, type Database } from '@galley/db/client'
import { useTestDatabase } from '@galley/testing/database'
import { noRedis, randomPrefix, useTestRedis } from '@galley/testing/redis'
import { afterAll, describe } from 'vitest'
import { createPostgresCounters } from '../src/postgres-counters.ts'
import { createPostgresThrottles } from '../src/postgres-throttles.ts'
import { createRedisCounters } from '../src/redis-counters.ts'
import { createRedisLink, type RedisLink } from '@galley/redis/link'
import { createRedisThrottles } from '../src/redis-throttles.ts'
import type { ThrottleStore } from '../src/throttle.ts'
import type { Clock, WindowCounters } from '../src/window.ts'

/** Both ports of one driver, as one process has them. */
type Driver = { counters: WindowCounters; throttles: ThrottleStore }

/** Drivers as several processes would have them, each with connections of its own, all on one empty store. */
export type CreateDrivers = (options?: { now?: Clock; count?: number }) => Promise<Driver[]>

/** The same tests for each driver. */
export function describeDrivers(name: string, tests: (create: CreateDrivers) => void) {
  describe(`${name} in PostgreSQL`, () => {
    tests(useDriversOnPostgres())
  })
  describe.skipIf(noRedis)(`${name} in Redis${noRedis}`, () => {
    tests(useDriversOnRedis())
  })
}

function useDriversOnPostgres(): CreateDrivers {
  const database = useTestDatabase()
  const pools: Database[] = []
  afterAll(() => Promise.all(pools.map((pool) => pool.close(1))))
  return async ({ now, count = 1 } = {}) => {
    await database.sql`delete from rate_counters`
    await database.sql`delete from throttles`
    while (pools.length < count) pools.push(createDb(database.url, { max: 5 }))
    return pools.slice(0, count).map(({ db }) => ({
      counters: createPostgresCounters(db, { now }),
      throttles: createPostgresThrottles(db, { now }),
    }))
  }
}

function useDriversOnRedis(): CreateDrivers {
  const redis = useTestRedis()
  const links: RedisLink[] = []
  afterAll(() => links.forEach((link) => link.close()))
  return async ({ now, count = 1 } = {}) => {
    const prefix = `${randomPrefix()}${randomUUID()}:`
    // A busy machine is no failure of Redis here.
    const options = { prefix, commandMs: 10_000 }
    const made = Array.from({ length: count }, () => createRedisLink(redis.url, options))
    links.push(...made)
    return made.map((link) => ({
      counters: createRedisCounters(link, { now }),
      throttles: createRedisThrottles(link, { now }),
    }))
  }
}

export function itemAt<Item>(items: Item[], at: number): Item {
  const item = items[at]
  if (item === undefined) throw new Error(`There are ${items.length}`)
  return item
}

/** A clock that stands still until it is moved. */
export function testClock() {
  let time = Date.parse('2026-11-23T12:00:00Z')
  return {
    now: () => new Date(time),
    advance: (seconds: number) => void (time += seconds * 1000),
  }
}
