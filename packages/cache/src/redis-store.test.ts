import { createRedisLink, type RedisLink } from '@galley/redis/link'
import { noRedisBinary, startTestRedis, type TestRedis } from '@galley/testing/redis'
import { afterEach, describe, expect, test } from 'vitest'
import { testSource } from '../test/caches.ts'
import { createCache, type Cache } from './cache.ts'
import { createMemoryStore } from './memory-store.ts'
import { createRedisStore } from './redis-store.ts'

const lifetime = { ttl: 60, tags: ['t'] }
const links: RedisLink[] = []
const changes: string[] = []
let redis: TestRedis | undefined

afterEach(async () => {
  changes.length = 0
  links.splice(0).forEach((link) => link.close())
  redis?.resume()
  await redis?.kill()
  redis = undefined
})

function open(url: string, options: { memory?: boolean } = {}): Cache {
  const onChange = (failure?: unknown) => void changes.push(failure ? 'failed' : 'back')
  const link = createRedisLink(url, { commandMs: 100, onChange })
  links.push(link)
  return createCache({
    redis: createRedisStore(link),
    ...(options.memory && { memory: createMemoryStore({ maxBytes: 1_000_000 }) }),
  })
}

/** Reads of `count` keys, one after the other; the time of all. */
async function readMany(cache: Cache, source: ReturnType<typeof testSource>, count: number) {
  const begun = performance.now()
  for (let n = 0; n < count; n++) await cache.getOrSet(`key ${n}`, lifetime, source.load)
  return performance.now() - begun
}

test('without a Redis at its address each read is a load, and none waits long', async () => {
  const cache = open('redis://127.0.0.1:1')
  const source = testSource()
  expect(await readMany(cache, source, 20)).toBeLessThan(1_000)
  await cache.invalidate(['t'])
  expect(source.loads).toBe(20)
  expect(cache.counts().reads).toEqual({ hit: 0, stale: 0, miss: 20 })
})

describe.skipIf(noRedisBinary)(`Redis goes away${noRedisBinary}`, () => {
  test('killed: reads are loads, and memory goes on', async () => {
    redis = await startTestRedis()
    const cache = open(redis.url)
    const withMemory = open(redis.url, { memory: true })
    const source = testSource()
    await readMany(cache, source, 5)
    await readMany(withMemory, source, 5)
    expect(source.loads).toBe(5)
    await redis.kill()
    await readMany(withMemory, source, 5)
    expect(source.loads).toBe(5)
    await readMany(cache, source, 5)
    expect(source.loads).toBe(10)
  })

  test('silent: 20 reads wait for one command, not for 20', async () => {
    redis = await startTestRedis()
    const cache = open(redis.url)
    const source = testSource()
    await readMany(cache, source, 1)
    redis.pause()
    expect(await readMany(cache, source, 20)).toBeLessThan(1_000)
    expect(source.loads).toBe(21)
  })

  test('what was invalidated meanwhile is gone when it is back', async () => {
    redis = await startTestRedis()
    const cache = open(redis.url)
    const source = testSource()
    await readMany(cache, source, 1)
    redis.pause()
    source.value = 'second'
    await cache.invalidate(['t'])
    const read = async () => String(await cache.getOrSet('key 0', lifetime, source.load))
    expect(await read()).toBe('second')
    redis.resume()
    await expect.poll(async () => [await read(), changes]).toEqual(['second', ['failed', 'back']])
    const { loads } = source
    expect(await read()).toBe('second')
    expect(source.loads).toBe(loads)
  })

  test('who reads learns that somebody invalidated since the last read, before the load', async () => {
    redis = await startTestRedis()
    const link = createRedisLink(redis.url, { commandMs: 100 })
    links.push(link)
    const seen: string[] = []
    const cache = createCache({
      redis: createRedisStore(link, { onNewVersions: () => void seen.push('new versions') }),
    })
    const other = open(redis.url)
    const load = async () => Buffer.from(`load ${seen.push('load')}`)
    for (const key of ['one', 'two']) await cache.getOrSet(key, lifetime, load)
    await other.invalidate(['t'])
    for (const key of ['one', 'one']) await cache.getOrSet(key, lifetime, load)
    expect(seen).toEqual(['new versions', 'load', 'load', 'new versions', 'load'])
  })

  test('a Redis that has forgotten its versions finds nothing, rather than what is old', async () => {
    redis = await startTestRedis()
    const cache = open(redis.url)
    const source = testSource()
    await readMany(cache, source, 1)
    await cache.invalidate(['t'])
    const client = await links[0]?.redis()
    await client?.del('tag:t', 'tag:*')
    source.value = 'second'
    expect(String(await cache.getOrSet('key 0', lifetime, source.load))).toBe('second')
  })
})
