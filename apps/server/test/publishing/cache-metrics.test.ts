import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { useApp } from '../app.ts'
import { seriesOf, sumOf } from '../platform/metrics/exposition.ts'
import { trpcUrl, useReaders } from './public-reads.ts'

const on = useApp({ PUBLIC_CACHE_MB: '4', RATE_LIMIT_PER_MINUTE: '100000' }, { measured: true })
const { get, publish, keptBy } = useReaders(on)
let origin = ''

beforeAll(async () => {
  await on.app.listen({ host: '127.0.0.1', port: 0 })
  origin = `http://127.0.0.1:${(on.app.server.address() as AddressInfo).port}`
})

const sums = async () => {
  const series = await seriesOf(on.metrics())
  const readsOf = (result: string) => sumOf(series, 'galley_cache_reads_total', { result })
  return {
    hits: readsOf('hit'),
    misses: readsOf('miss'),
    stale: readsOf('stale'),
    bytes: sumOf(series, 'galley_cache_size_bytes'),
    read: sumOf(series, 'galley_cache_age_seconds_count'),
    ages: sumOf(series, 'galley_cache_age_seconds_sum'),
  }
}

test('each read of what is kept is counted once, with its age, and what is ready with the size', async () => {
  await publish(on, 'First')
  await keptBy(on)
  const url = trpcUrl('articles.list', { limit: 7 })
  const begun = await sums()
  await get(url)
  const loaded = await sums()
  expect(loaded).toMatchObject({ misses: begun.misses + 1, hits: begun.hits, read: begun.read })
  await sleep(1_100)
  // The second makes it ready, the third is sent so.
  for (const _ of [1, 2]) await (await fetch(origin + url)).arrayBuffer()
  const read = await sums()
  expect(read).toMatchObject({
    misses: loaded.misses,
    hits: loaded.hits + 2,
    read: loaded.read + 2,
  })
  expect(read.ages - loaded.ages).toBeGreaterThan(2)
  expect(read.bytes).toBeGreaterThan(loaded.bytes)
})
