import { expect, test, vi } from 'vitest'
import {
  describeCaches,
  describeSharedCaches,
  testClock,
  testSource,
  type CreateCaches,
} from '../test/caches.ts'
import type { Cache, Lifetime } from './cache.ts'

const minute: Lifetime = { ttl: 60, tags: ['gizmos', 'one'] }
const read = async (cache: Cache, source: ReturnType<typeof testSource>, lifetime = minute) =>
  String(await cache.getOrSet('key', lifetime, source.load))

describeCaches('a cache', (create) => {
  test('loads once, and again when the time is over', async () => {
    const clock = testClock()
    const cache = one(create({ now: clock.now }))
    const source = testSource()
    expect(await read(cache, source)).toBe('first')
    source.value = 'second'
    clock.advance(59)
    expect(await read(cache, source)).toBe('first')
    expect(source.loads).toBe(1)
    clock.advance(1)
    expect(await read(cache, source)).toBe('second')
    expect(source.loads).toBe(2)
  })

  test('keys do not share, and bytes are kept as they are', async () => {
    const cache = one(create())
    const bytes = Buffer.from([0, 255, 13, 10, 0xc3, 0x28])
    await cache.getOrSet('bytes', minute, async () => bytes)
    const source = testSource()
    expect(await read(cache, source)).toBe('first')
    expect(await cache.getOrSet('bytes', minute, source.load)).toEqual(bytes)
  })

  test('a stale value is returned at once while one load replaces it', async () => {
    const clock = testClock()
    const cache = one(create({ now: clock.now }))
    const source = testSource()
    const lifetime = { ...minute, staleWhileRevalidate: 30 }
    await read(cache, source, lifetime)
    source.value = 'second'
    clock.advance(89)
    const open = source.close()
    const all = await Promise.all(Array.from({ length: 5 }, () => read(cache, source, lifetime)))
    expect(all).toEqual(Array(5).fill('first'))
    open()
    await expect.poll(() => read(cache, source, lifetime)).toBe('second')
    expect(source.loads).toBe(2)
    source.value = 'third'
    clock.advance(90)
    expect(await read(cache, source, lifetime)).toBe('third')
  })

  test('when the load behind a stale value fails, it is reported and the value stays for its time', async () => {
    const clock = testClock()
    const onFailure = vi.fn<(error: unknown) => void>()
    const cache = one(create({ now: clock.now, onFailure }))
    const lifetime = { ...minute, staleWhileRevalidate: 30 }
    await read(cache, testSource(), lifetime)
    clock.advance(70)
    const failing = vi.fn<() => Promise<Buffer>>(() => Promise.reject(new Error('no')))
    expect(String(await cache.getOrSet('key', lifetime, failing))).toBe('first')
    await expect.poll(() => onFailure).toHaveBeenCalledExactlyOnceWith(new Error('no'))
    clock.advance(20)
    await expect(cache.getOrSet('key', lifetime, failing)).rejects.toThrow('no')
  })

  test('many at once cause one load', async () => {
    const cache = one(create())
    const source = testSource()
    const open = source.close()
    const all = Promise.all(Array.from({ length: 50 }, () => read(cache, source)))
    open()
    expect(new Set(await all)).toEqual(new Set(['first']))
    expect(source.loads).toBe(1)
  })

  test('a load that fails is one load too: all get its error, and the next call tries again', async () => {
    const cache = one(create())
    const failure = new Error('no')
    const failing = vi.fn<() => Promise<Buffer>>(() => Promise.reject(failure))
    const all = await Promise.allSettled(
      Array.from({ length: 50 }, () => cache.getOrSet('key', minute, failing)),
    )
    expect(new Set(all.map((one) => one.status === 'rejected' && one.reason))).toEqual(
      new Set([failure]),
    )
    expect(failing).toHaveBeenCalledOnce()
    expect(await read(cache, testSource())).toBe('first')
  })

  test('what throws before it returns a promise fails the call alone', async () => {
    const cache = one(create())
    const throwing = () => {
      throw new Error('no')
    }
    await expect(cache.getOrSet('key', minute, throwing)).rejects.toThrow('no')
    expect(await read(cache, testSource())).toBe('first')
  })

  test('an invalidated tag drops all that has it, and nothing else', async () => {
    const cache = one(create())
    const load = (value: string) => async () => Buffer.from(value)
    const get = async (key: string, tags: string[], value: string) =>
      String(await cache.getOrSet(key, { ttl: 60, tags }, load(value)))
    await get('a', ['x', 'y'], 'old')
    await get('b', ['y'], 'old')
    await get('c', ['z'], 'old')
    await get('d', [], 'old')
    await cache.invalidate(['y', 'unknown'])
    await cache.invalidate([])
    expect(await get('a', ['x', 'y'], 'new')).toBe('new')
    expect(await get('b', ['y'], 'new')).toBe('new')
    expect(await get('c', ['z'], 'new')).toBe('old')
    expect(await get('d', [], 'new')).toBe('old')
  })

  test('a tag that its load adds drops a value too, while it loads and later', async () => {
    const cache = one(create())
    const source = testSource()
    const readTagged = async () =>
      String(
        await cache.getOrSet('tagged', minute, (addTag) => {
          addTag('found')
          return source.load()
        }),
      )
    const open = source.close()
    const early = readTagged()
    await expect.poll(() => source.loads).toBe(1)
    source.value = 'second'
    await cache.invalidate(['found'])
    open()
    expect([await early, await readTagged()]).toEqual(['first', 'second'])
    source.value = 'third'
    await cache.invalidate(['other'])
    expect(await readTagged()).toBe(cache.counts().entries > 0 ? 'second' : 'third')
    await cache.invalidate(['found'])
    expect(await readTagged()).toBe('third')
  })

  test('a stale value does not outlive an invalidation', async () => {
    const clock = testClock()
    const cache = one(create({ now: clock.now }))
    const source = testSource()
    const lifetime = { ...minute, staleWhileRevalidate: 30 }
    await read(cache, source, lifetime)
    clock.advance(70)
    source.value = 'second'
    await cache.invalidate(['one'])
    expect(await read(cache, source, lifetime)).toBe('second')
  })

  test('a load that began before an invalidation is kept by nobody, and who asks after it does not get it', async () => {
    const cache = one(create())
    const source = testSource()
    const open = source.close()
    const early = read(cache, source)
    await expect.poll(() => source.loads).toBe(1)
    source.value = 'second'
    await cache.invalidate(['gizmos'])
    source.gate = Promise.resolve()
    expect(await read(cache, source)).toBe('second')
    open()
    expect(await early).toBe('first')
    expect(await read(cache, source)).toBe('second')
    expect(source.loads).toBe(2)
  })

  test('so is one behind a stale value', async () => {
    const clock = testClock()
    const cache = one(create({ now: clock.now }))
    const source = testSource()
    const lifetime = { ...minute, staleWhileRevalidate: 30 }
    await read(cache, source, lifetime)
    clock.advance(70)
    const open = source.close()
    await read(cache, source, lifetime)
    await expect.poll(() => source.loads).toBe(2)
    source.value = 'second'
    await cache.invalidate(['one'])
    open()
    expect(await read(cache, source, lifetime)).toBe('second')
    expect(await read(cache, source, lifetime)).toBe('second')
  })

  test('memory can be looked at: for what is current, and without a load', async () => {
    const clock = testClock()
    const cache = one(create({ now: clock.now }))
    const lifetime = { ...minute, staleWhileRevalidate: 30 }
    expect(cache.peek('key', lifetime)).toBeUndefined()
    await read(cache, testSource(), lifetime)
    const { entries } = cache.counts()
    clock.advance(59)
    expect(String(cache.peek('key', lifetime)?.value ?? '')).toBe(entries > 0 ? 'first' : '')
    clock.advance(1)
    expect(cache.peek('key', lifetime)).toBeUndefined()
  })

  test('reads are counted, with the age of what they returned', async () => {
    const clock = testClock()
    const onRead = vi.fn<(read: string, ageMs: number) => void>()
    const cache = one(create({ now: clock.now, onRead }))
    const lifetime = { ...minute, staleWhileRevalidate: 30 }
    const source = testSource()
    for (const seconds of [0, 10, 60]) {
      clock.advance(seconds)
      await read(cache, source, lifetime)
    }
    expect(onRead.mock.calls).toEqual([
      ['miss', 0],
      ['hit', 10_000],
      ['stale', 70_000],
    ])
    expect(cache.counts().reads).toEqual({ hit: 1, stale: 1, miss: 1 })
  })
})

describeSharedCaches('caches of several processes', (create) => {
  test('one loads for all, and the age goes with the value', async () => {
    const clock = testClock()
    const [a, b] = two(create({ count: 2, now: clock.now }))
    const source = testSource()
    await read(a, source)
    source.value = 'second'
    clock.advance(40)
    expect(await read(b, source)).toBe('first')
    clock.advance(20)
    expect(await read(b, source)).toBe('second')
  })

  test('who has not read a value yet does not get one that another process invalidated', async () => {
    const [a, b] = two(create({ count: 2 }))
    const source = testSource()
    await read(a, source)
    source.value = 'second'
    await a.invalidate(['one'])
    expect(await read(b, source)).toBe('second')
  })

  test('a load of one process that began before the invalidation by another is not shared', async () => {
    const [a, b] = two(create({ count: 2 }))
    const source = testSource()
    const open = source.close()
    const early = read(b, source)
    await expect.poll(() => source.loads).toBe(1)
    source.value = 'second'
    await a.invalidate(['one'])
    open()
    expect(await early).toBe('first')
    expect(await read(a, source)).toBe('second')
  })
})

function one(caches: ReturnType<CreateCaches>): Cache {
  const [cache] = caches
  if (!cache) throw new Error('No cache')
  return cache
}

function two([a, b]: ReturnType<CreateCaches>): [Cache, Cache] {
  if (!a || !b) throw new Error('No two caches')
  return [a, b]
}
