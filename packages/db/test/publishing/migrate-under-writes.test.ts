// Each migration from 0007 on, applied while the version before it writes: no write may fail.
import { setTimeout } from 'node:timers/promises'
import postgres from 'postgres'
import { beforeAll, expect, test } from 'vitest'
import { useCluster } from '../cluster.ts'
import { migrationsUpTo, ownFolder } from '../migrations.ts'
import { insertCast, startWriters } from './writers.ts'
import { readJournal } from '../../src/migrate-journal.ts'
import { migrate } from '../../src/migrate.ts'

const cluster = useCluster()
const tags = readJournal(ownFolder).map(({ tag }) => tag)
const first = tags.indexOf('0007_tag_counts')

// One database, brought on by one migration a test.
let url: string
beforeAll(async () => {
  url = await cluster.current.ensureDatabase('under_writes')
  using before = migrationsUpTo(tags[first - 1] ?? '')
  await migrate(url, { migrationsFolder: before.path })
  const sql = postgres(url, { max: 1 })
  await insertCast(sql)
  await sql.end()
})

/** What a failed write says, in a line: an error itself is shown as `[ …(1) ]`. */
function reasonOf(error: unknown) {
  if (!(error instanceof postgres.PostgresError)) return String(error)
  return `${error.code} ${error.message} ${error.detail ?? ''} ${error.where ?? ''} ${error.query ?? ''}`
}

test.each(tags.slice(first))('%s', async (tag) => {
  using folder = migrationsUpTo(tag)
  const writers = startWriters(url)
  {
    await using _ = writers
    await setTimeout(300)
    expect(await migrate(url, { migrationsFolder: folder.path })).toEqual({ applied: 1 })
    const before = writers.writes
    await expect.poll(() => writers.writes, { timeout: 10_000 }).toBeGreaterThan(before + 50)
  }
  expect(writers.failures.map(reasonOf)).toEqual([])
})

test('what is stored ready of articles is what is counted, whenever it was written', async () => {
  const sql = postgres(url, { max: 1 })
  const wrong = await sql`
    select a.id from articles a where (favourite_count, comment_count, tag_slugs) is distinct from (
      (select count(*)::int from favourites where article_id = a.id),
      (select count(*)::int from comments where article_id = a.id and deleted_at is null),
      array(select slug from article_tags join tags on tags.id = tag_id where article_id = a.id order by position))
    union select article_id from article_tags x join articles a on a.id = article_id
    where x.published_at is distinct from case when a.status = 'published' then a.published_at end
    union select a.id from articles a left join article_authors w on w.article_id = a.id and w.user_id = a.author_id
    where w.accepted_at is null or w.published_at is distinct from case when a.status = 'published' then a.published_at end`
  const [some] = await sql`
    select bool_or(favourite_count > 0) as favourites, bool_or(comment_count > 0) as comments,
      bool_or(cardinality(tag_slugs) > 0) as tags from articles`
  await sql.end()
  expect([...wrong]).toEqual([])
  expect(some).toEqual({ favourites: true, comments: true, tags: true })
})
