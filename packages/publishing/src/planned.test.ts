// What people read most is planned once for each connection: PostgreSQL plans again what looks dearer with unknown values.
import { createDb } from '@galley/db/client'
import { expect, test } from 'vitest'
import { insertComment } from '@galley/testing/publishing/factories'
import { useTestDomain } from '../test/context.ts'
import { listComments } from './comments/list.ts'
import { searchArticles } from './search/articles.ts'
import { listFeed } from './feed/list.ts'
import { getArticle } from './articles/get.ts'
import { listArticles } from './articles/list.ts'

const domain = useTestDomain()

test('lists, articles, comments and searches are planned once', async () => {
  const reader = await domain.person()
  const author = await domain.person()
  await domain.database.asOperator((sql) =>
    sql.begin(async (tx) => {
      // Many, which triggers would make slow.
      await tx`set local session_replication_role = replica`
      await tx`
        insert into articles (id, author_id, slug, title, body, body_html, words, render_version, status, published_at)
        select gen_random_uuid(), ${author.actor.user.id}, 'oak-' || n, 'Oak ' || n, 'Wood', '<p>Wood</p>', 1, 1, 'published',
          timestamptz '2026-01-01' + n * interval '1 hour' from generate_series(1, 5000) n`
      await tx`analyze articles`
    }),
  )
  await using one = createDb(domain.database.url, { max: 1 })
  const anonymous = { ...domain.anonymous(), db: one.db }
  const signedIn = { ...reader, db: one.db }
  const { id } = await getArticle(anonymous, { slug: 'oak-1' })
  await insertComment(domain.database.db, { articleId: id, authorId: author.actor.user.id })
  for (let n = 0; n < 12; n += 1) {
    const { page } = await listArticles(anonymous, { limit: 20 })
    await listArticles(signedIn, { limit: 12, cursor: page.nextCursor ?? undefined })
    await listFeed(signedIn, { limit: 20 })
    await listComments(anonymous, { articleId: id, limit: 50 })
    await searchArticles(anonymous, { q: 'oak', limit: 20 })
  }
  const planned = await one.sql<{ statement: string; custom: number }[]>`
    select statement, custom_plans::int as custom from pg_prepared_statements
    where custom_plans + generic_plans >= 12`
  expect(planned.length).toBeGreaterThanOrEqual(5)
  expect(planned.filter(({ custom }) => custom > 5)).toEqual([])
})
