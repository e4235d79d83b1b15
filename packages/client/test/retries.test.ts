import { expect, test } from 'vitest'
import { createGalleyClient } from '../src/index.ts'
import { waitMs } from '../src/retries.ts'
import { answerCalls, page } from './answers.ts'
import { serve } from './server.ts'

const busy = { reason: 'server/unavailable', status: 503 }
const retries = { baseMs: 5 }

test('a query is sent again until it goes through', async () => {
  const { url, seen } = await serve((request, response, at) => {
    if (at === 1) response.destroy()
    else answerCalls(request, response, at === 2 ? busy : { data: page })
  })
  const galley = createGalleyClient({ url, auth: 'none', retries })
  expect(await galley.articles.list.query({})).toEqual(page)
  expect(seen).toHaveLength(3)
})

test('no more often than it may, and not at all what a repetition does not help', async () => {
  const always = await serve((request, response) => answerCalls(request, response, busy))
  const galley = createGalleyClient({ url: always.url, auth: 'none', retries })
  await expect(galley.articles.list.query({})).rejects.toMatchObject(busy)
  expect(always.seen).toHaveLength(4)

  const refusing = await serve((request, response) =>
    answerCalls(request, response, { reason: 'article/not-found', status: 404 }),
  )
  const other = createGalleyClient({ url: refusing.url, auth: 'none', retries })
  await expect(other.articles.bySlug.query({ slug: 'x' })).rejects.toThrow('Refused')
  expect(refusing.seen).toHaveLength(1)
})

test('Retry-After is kept to, and not beyond the time-out', async () => {
  const { url, seen } = await serve((request, response, at) =>
    at === 1
      ? answerCalls(request, response, busy, { 'retry-after': '1' })
      : answerCalls(request, response, { data: page }),
  )
  const galley = createGalleyClient({ url, auth: 'none', retries })
  const started = performance.now()
  await galley.articles.list.query({})
  expect(performance.now() - started).toBeGreaterThanOrEqual(995)
  expect(seen).toHaveLength(2)

  const late = await serve((request, response) =>
    answerCalls(request, response, busy, { 'retry-after': '60' }),
  )
  const hasty = createGalleyClient({ url: late.url, auth: 'none', timeoutMs: 2000 })
  await expect(hasty.articles.list.query({})).rejects.toMatchObject({
    ...busy,
    retryAfterSeconds: 60,
  })
  expect(late.seen).toHaveLength(1)
})

test('a mutation is sent once', async () => {
  const { url, seen } = await serve((request, response) => answerCalls(request, response, busy))
  const galley = createGalleyClient({ url, auth: 'none', retries })
  await expect(galley.articles.create.mutate({})).rejects.toMatchObject(busy)
  expect(seen).toHaveLength(1)
  expect(seen[0]?.headers).not.toHaveProperty('idempotency-key')
})

test('with a key of its own each time, if that is asked for', async () => {
  const { url, seen } = await serve((request, response, at) =>
    answerCalls(request, response, at <= 2 ? busy : { data: {} }),
  )
  const galley = createGalleyClient({ url, auth: 'none', retries: { ...retries, mutations: true } })
  await Promise.all([galley.articles.create.mutate({}), galley.articles.create.mutate({})])
  const keys = seen.map((one) => one.headers['idempotency-key'])
  expect(seen.every((one) => !one.url.includes('batch'))).toBe(true)
  expect(keys).toHaveLength(4)
  expect(new Set(keys).size).toBe(2)
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
})

test('one that the server takes no key for is not repeated', async () => {
  const { url, seen } = await serve((request, response) => answerCalls(request, response, busy))
  const galley = createGalleyClient({ url, auth: 'none', retries: { ...retries, mutations: true } })
  await expect(galley.sessions.delete.mutate()).rejects.toMatchObject(busy)
  expect(seen).toHaveLength(1)
  expect(seen[0]?.headers).not.toHaveProperty('idempotency-key')
})

test('a call whose first attempt is still at work is asked for again', async () => {
  const { url, seen } = await serve((request, response, at) =>
    answerCalls(
      request,
      response,
      at === 1 ? { reason: 'request/idempotency-in-flight', status: 409 } : { data: {} },
    ),
  )
  const galley = createGalleyClient({ url, auth: 'none', retries: { ...retries, mutations: true } })
  await galley.articles.create.mutate({})
  expect(seen).toHaveLength(2)
})

test('one with a key of the caller is repeated under that', async () => {
  const { url, seen } = await serve((request, response, at) =>
    answerCalls(request, response, at === 1 ? busy : { data: {} }),
  )
  const galley = createGalleyClient({ url, auth: 'none', retries })
  await galley.articles.create.mutate({}, { context: { idempotencyKey: 'mine' } })
  expect(seen.map((one) => one.headers['idempotency-key'])).toEqual(['mine', 'mine'])
})

test('waits are spread over all of a window that doubles', () => {
  const waits = (failures: number) =>
    Array.from({ length: 500 }, () => waitMs(failures, { retryAfterSeconds: undefined }, {}))
  for (const [failures, window] of [
    [1, 200],
    [3, 800],
    [9, 5000],
  ] as const) {
    const all = waits(failures)
    expect(Math.max(...all)).toBeLessThan(window)
    expect(Math.max(...all)).toBeGreaterThan(window * 0.9)
    expect(Math.min(...all)).toBeLessThan(window * 0.1)
  }
})
