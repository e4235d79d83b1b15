import { setTimeout as sleep } from 'node:timers/promises'
import { noRedisBinary, startTestRedis, type TestRedis } from '@galley/testing/redis'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { useApp, type TestApp } from '../app.ts'
import { useReaders } from './public-reads.ts'

describe.skipIf(noRedisBinary)(`public answers of two servers in Redis${noRedisBinary}`, () => {
  const variables: Record<string, string> = {
    PUBLIC_CACHE_MB: '4',
    RATE_LIMIT_PER_MINUTE: '100000',
  }
  let redis: TestRedis | undefined
  beforeAll(async () => {
    redis = await startTestRedis()
    variables.REDIS_URL = redis.url
  })
  const one = useApp(variables)
  const two = useApp(variables, { beside: one })
  const { get, write, publish, keptBy } = useReaders(one)
  afterAll(() => redis?.kill())

  let url = ''
  let id = ''
  beforeEach(async () => {
    const article = await publish(one, 'First')
    id = article.id
    url = `/api/v1/articles/${article.slug}`
    await Promise.all([keptBy(one), keptBy(two)])
  })

  async function titleAt(server: TestApp): Promise<string> {
    const response = await get(url, {}, server)
    expect(response.statusCode, response.body).toBe(200)
    return response.json().title
  }

  const rename = (title: string, at = one) =>
    write('articles.update', { id, version: 'any', title }, at)

  /** Of which no process hears. */
  const renameUnheard = (title: string) =>
    one.database.sql`update articles set title = ${title} where id = ${id}`

  test('what one has read, the other finds', async () => {
    // An event of before may still be on its way and end what was just kept: then the next list is tried.
    let limit = 0
    const isShared = async () => {
      limit += 1
      const list = `/api/v1/articles?limit=${limit}`
      const read = (await get(list, {}, one)).body
      await renameUnheard(`Unheard ${limit}`)
      return (await get(list, {}, two)).body === read
    }
    await expect.poll(isShared, { timeout: 10_000 }).toBe(true)
  })

  test('what comes from Redis says how old it is, and is for other caches as long as that lets it', async () => {
    let limit = 20
    const found = async () => {
      limit += 1
      const list = `/api/v1/articles?limit=${limit}`
      await get(list, {}, one)
      await sleep(1_100)
      const { age, 'cache-control': control } = (await get(list, {}, two)).headers
      return { age, control }
    }
    const control = 'public, max-age=0, s-maxage=5'
    await expect.poll(found).toEqual({ age: expect.stringMatching(/^[1-4]$/), control })
  })

  test('what one changes, no server finds in Redis', async () => {
    expect([await titleAt(one), await titleAt(two)]).toEqual(['First', 'First'])
    await rename('Second')
    expect(await titleAt(one)).toBe('Second')
    await expect.poll(() => titleAt(two), { interval: 20, timeout: 4_000 }).toBe('Second')
    await rename('Third', two)
    expect(await titleAt(two)).toBe('Third')
    await expect.poll(() => titleAt(one), { interval: 20, timeout: 4_000 }).toBe('Third')
  })

  test('a Redis that falls silent and comes back costs loads, no errors, and shows nothing old', async () => {
    expect([await titleAt(one), await titleAt(two)]).toEqual(['First', 'First'])
    redis?.pause()
    await rename('Second')
    expect(await titleAt(one)).toBe('Second')
    await expect.poll(() => titleAt(two), { interval: 20, timeout: 4_000 }).toBe('Second')
    redis?.resume()
    // What it was sent meanwhile it may carry out now; what it holds of before must not come back.
    for (let reads = 0; reads < 100; reads++) {
      expect([await titleAt(one), await titleAt(two)]).toEqual(['Second', 'Second'])
    }
  })

  test('a Redis that dies costs loads and no errors', async () => {
    expect([await titleAt(one), await titleAt(two)]).toEqual(['First', 'First'])
    const reads = Array.from({ length: 40 }, (_, n) => titleAt(n % 2 ? one : two))
    await redis?.kill()
    redis = undefined
    await Promise.all(reads)
    for (const [title, at, beside] of [
      ['Second', one, two],
      ['Third', two, one],
    ] as const) {
      await rename(title, at)
      expect(await titleAt(at)).toBe(title)
      await expect.poll(() => titleAt(beside), { interval: 20, timeout: 4_000 }).toBe(title)
    }
  })
})
