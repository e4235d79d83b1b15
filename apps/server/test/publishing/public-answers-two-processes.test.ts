import { beforeEach, expect, test } from 'vitest'
import { useApp, type TestApp } from '../app.ts'
import { articlePages } from './article-pages.ts'
import { useReaders } from './public-reads.ts'

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

test('what one writes, the other shows within a second', async () => {
  await keptBy(beside)
  const title = async (at: TestApp) =>
    (await get(`/api/v1/articles/${article.slug}`, {}, at)).json().title
  let turn = 0
  const changed = async () => {
    const before = await title(beside)
    turn += 1
    await write('articles.update', { ...named(), title: `Turn ${turn}` })
    expect(await title(on)).toBe(`Turn ${turn}`)
    const begun = performance.now()
    expect(before).not.toBe(`Turn ${turn}`)
    await expect.poll(() => title(beside), { interval: 20, timeout: 10_000 }).toBe(`Turn ${turn}`)
    return performance.now() - begun
  }
  // A busy machine may take longer, but not each time.
  await expect.poll(changed, { timeout: 30_000 }).toBeLessThan(1_000)
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
