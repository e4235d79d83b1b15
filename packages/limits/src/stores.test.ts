import { setTimeout as sleep } from 'node:timers/promises'
import { useTestDatabase } from '@galley/testing/database'
import { noRedisBinary, startTestRedis, type TestRedis } from '@galley/testing/redis'
import { afterEach, describe, expect, test } from 'vitest'
import { createLimitStores, type LimitStores } from './stores.ts'
import { createSignInThrottle } from './throttle.ts'

const database = useTestDatabase()
const demand = { least: 1, most: 1, quota: 5, windowSeconds: 60 }
const changes: string[] = []
let stores: LimitStores | undefined
let redis: TestRedis | undefined

afterEach(async () => {
  changes.length = 0
  stores?.close()
  redis?.resume()
  await redis?.kill()
  redis = undefined
})

function openStores(redisUrl: string): LimitStores {
  const onRedisChange = (failure?: unknown) => void changes.push(failure ? 'failed' : 'back')
  stores = createLimitStores(database.db, { redisUrl, onRedisChange })
  return stores
}

/** How many of `count` attempts on one account are allowed, and the longest time that one took. */
async function attempt({ throttles }: LimitStores, account: string, count: number) {
  const throttle = createSignInThrottle(throttles)
  let slowestMs = 0
  let allowed = 0
  for (let tries = 0; tries < count; tries++) {
    const began = performance.now()
    const { allowed: isAllowed } = await throttle.attempt({
      account,
      address: `203.0.113.${tries}`,
    })
    slowestMs = Math.max(slowestMs, performance.now() - began)
    if (isAllowed) allowed++
  }
  return { allowed, slowestMs }
}

test('RE9 without a Redis at its address PostgreSQL counts, within a second', async () => {
  const { counters, throttles } = openStores('redis://127.0.0.1:1')
  await database.sql`select 1`
  const began = performance.now()
  expect(await counters.take({ ...demand, key: 'absent' })).toMatchObject({ granted: 1 })
  expect(performance.now() - began).toBeLessThan(1000)
  const { allowed, slowestMs } = await attempt({ counters, throttles, close() {} }, 'absent', 10)
  expect(allowed).toBe(5)
  expect(slowestMs).toBeLessThan(1000)
  expect(changes).toEqual(['failed'])
})

test('nothing connects before the first use', async () => {
  openStores('redis://127.0.0.1:1')
  await sleep(100)
  expect(changes).toEqual([])
})

describe.skipIf(noRedisBinary)(`RE9 Redis goes away${noRedisBinary}`, () => {
  test('limits are counted in it, not in PostgreSQL', async () => {
    redis = await startTestRedis()
    const { counters } = openStores(redis.url)
    await counters.take({ ...demand, key: 'in-redis' })
    expect(await database.sql`select from rate_counters where key = 'in-redis'`).toHaveLength(0)
  })

  test('killed: PostgreSQL counts from zero within a second, and never fails open', async () => {
    redis = await startTestRedis()
    const open = openStores(redis.url)
    expect(await attempt(open, 'killed', 10)).toMatchObject({ allowed: 5 })
    await redis.kill()
    const { allowed, slowestMs } = await attempt(open, 'killed', 20)
    expect(allowed).toBe(5)
    expect(slowestMs).toBeLessThan(1000)
    expect(changes).toEqual(['failed'])
  })

  test('silent: no call waits a second, and most of them not at all', async () => {
    redis = await startTestRedis()
    const open = openStores(redis.url)
    expect(await attempt(open, 'silent', 10)).toMatchObject({ allowed: 5 })
    redis.pause()
    const began = performance.now()
    const { allowed, slowestMs } = await attempt(open, 'silent', 20)
    expect(allowed).toBe(5)
    expect(slowestMs).toBeLessThan(1000)
    expect(performance.now() - began).toBeLessThan(2000)
  })

  test('back again: it counts on from where it was', async () => {
    redis = await startTestRedis()
    const open = openStores(redis.url)
    expect(await attempt(open, 'back', 10)).toMatchObject({ allowed: 5 })
    redis.pause()
    await attempt(open, 'back', 10)
    redis.resume()
    await expect
      .poll(async () => {
        await attempt(open, 'other', 1)
        return changes
      })
      .toEqual(['failed', 'back'])
    expect(await attempt(open, 'back', 10)).toMatchObject({ allowed: 0 })
  })

  test('the calls under way when it dies succeed too', async () => {
    redis = await startTestRedis()
    const { counters } = openStores(redis.url)
    await counters.take({ ...demand, key: 'under-way' })
    redis.pause()
    const calls = Array.from({ length: 20 }, () => counters.take({ ...demand, key: 'under-way' }))
    await redis.kill()
    const taken = await Promise.all(calls)
    expect(taken.filter(({ granted }) => granted === 1)).toHaveLength(5)
  })
})
