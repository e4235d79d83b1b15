import { beforeEach, expect, test } from 'vitest'
import { useApp, type TestApp } from '../app.ts'
import { articlePages } from './article-pages.ts'
import { trpcUrl, useReaders } from './public-reads.ts'

const on = useApp(
  { PUBLIC_CACHE_MB: '4', RATE_LIMIT_PER_MINUTE: '100000' },
  { webBuild: articlePages },
)
const { get, write, publish, keptBy } = useReaders(on)
let article = { id: '', slug: '', version: 1 }

beforeEach(async () => {
  article = await publish(on, 'First')
  await keptBy(on)
})

const named = () => ({ id: article.id, version: 'any' })

const beside = useApp({ PUBLIC_CACHE_MB: '4' }, { beside: on, webBuild: articlePages })
/** How old an answer of the process that did not write may be, with some time for a busy machine: TTL and stale time. */
const BOUND_MS = 15_000 + 1_000

test('what one writes, the other shows within a second', async () => {
  await keptBy(beside)
  const title = async (at: TestApp) =>
    (await get(`/api/v1/articles/${article.slug}`, {}, at)).json().title
  expect(await title(beside)).toBe('First')
  await write('articles.update', { ...named(), title: 'Second' })
  expect(await title(on)).toBe('Second')
  const begun = performance.now()
  await expect.poll(() => title(beside), { interval: 20, timeout: 10_000 }).toBe('Second')
  expect(performance.now() - begun).toBeLessThan(4_000)
})

test('what changes while a process cannot hear of it shows when it can again', async () => {
  await keptBy(beside)
  const url = `/api/v1/articles/${article.slug}`
  const title = async () => (await get(url, {}, beside)).json().title
  expect(await title()).toBe('First')
  await on.database.asOperator(
    (sql) => sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'galley-server-listener'`,
  )
  // As somebody else would, of whom no process hears.
  await on.database.sql`update articles set title = 'Second' where id = ${article.id}`
  const begun = performance.now()
  await expect.poll(title, { interval: 20, timeout: 20_000 }).toBe('Second')
  expect(performance.now() - begun).toBeLessThan(4_500)
})

test(
  'of 1,000 random writes and reads none shows what is older than its bound, nor on the writer what is gone',
  { timeout: 120_000 },
  async () => {
    await keptBy(beside)
    const servers = [on, beside]
    const articles = await Promise.all(
      Array.from({ length: 5 }, async (_, n) => {
        const { id, slug } = await publish(on, `Story ${n} 0`)
        return { id, slug, n, edits: 0, isOut: true, at: on, changedAt: performance.now() }
      }),
    )
    const random = randomNumbers(20_261_128)
    let seen = 0
    for (let step = 0; step < 1_000; step++) {
      const one = articles[random(articles.length)]
      const server = servers[random(servers.length)]
      if (!one || !server) throw new Error('No article')
      if (random(5) === 0) {
        await change(one, server, random(3))
      } else {
        await check(one, server)
        seen += 1
      }
    }
    expect(seen).toBeGreaterThan(700)

    type Known = (typeof articles)[number]

    async function change(known: Known, server: TestApp, kind: number) {
      const { id, n } = known
      if (kind === 0) {
        const verb = known.isOut ? 'unpublish' : 'publish'
        await write(`articles.${verb}`, { id, version: 'any' }, server)
        known.isOut = !known.isOut
      } else {
        const title = `Story ${n} ${known.edits + 1}`
        await write('articles.update', { id, version: 'any', title }, server)
        known.edits += 1
        if (!known.isOut) return // nobody sees a draft
      }
      known.changedAt = performance.now()
      known.at = server
    }

    async function check(known: Known, server: TestApp) {
      const asked = performance.now()
      const { slug, n, isOut, edits } = known
      const places = [
        `/api/v1/articles/${slug}`,
        trpcUrl('articles.bySlug', { slug }),
        `/articles/${slug}`,
        '/',
      ]
      const url = places[random(places.length)] ?? '/'
      const { body } = await get(url, {}, server)
      expect(body).not.toMatch(/Read by (?!nobody)/)
      const shown = new RegExp(`Story ${n} (\\d+)`).exec(body)?.[1]
      const isCurrent = shown === (isOut ? String(edits) : undefined)
      const isLate = server === known.at || asked - known.changedAt > BOUND_MS
      expect({ url, isCurrent: isCurrent || !isLate }).toEqual({ url, isCurrent: true })
    }
  },
)

/** The same numbers at every run (mulberry32). */
function randomNumbers(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}
