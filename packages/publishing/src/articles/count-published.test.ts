import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { listFeed } from '../feed/list.ts'
import { createFollow } from '../follows/change.ts'
import { createTagFollow } from '../tag-follows/change.ts'
import { listArticles } from './list.ts'

const domain = useTestDomain()

/** So many published articles of one author, each of which carries all of so many tags: `<name>-1` and so on. */
async function publishMany({
  name,
  articles,
  tags,
}: Record<'articles' | 'tags', number> & { name: string }) {
  const { id } = (await domain.person({ username: name })).actor.user
  await domain.database.asOperator((sql) =>
    sql.begin(async (tx) => {
      // Many, which triggers would make slow.
      await tx`set local session_replication_role = replica`
      await tx`
        insert into articles (id, author_id, slug, title, body, body_html, words, render_version, status, published_at)
        select gen_random_uuid(), ${id}, ${name} || n, 'Title', 'Body', '<p>Body</p>', 1, 1, 'published',
          timestamptz '2026-01-01' + n * interval '1 minute' from generate_series(1, ${articles}::int) n`
      await tx`
        insert into article_authors (article_id, user_id, position, accepted_at, published_at)
        select id, author_id, 0, published_at, published_at from articles where author_id = ${id}`
      await tx`
        insert into tags (id, slug, article_count)
        select gen_random_uuid(), ${name} || '-' || n, ${articles}::int from generate_series(1, ${tags}::int) n`
      await tx`
        insert into article_tags (article_id, tag_id, position, published_at)
        select articles.id, tags.id, 0, published_at from articles, tags
        where author_id = ${id} and tags.slug like ${`${name}-%`}`
    }),
  )
}

const counted = { limit: 1, total: true }
const exceeded = { total: 10_000, totalExceeded: true }

test('no more than 10,000 are counted, of whatever they are', async () => {
  const [author, tag] = ['prolific', 'prolific-1']
  await publishMany({ name: author, articles: 10_001, tags: 1 })
  const reader = await domain.person()
  await createFollow(reader, { username: author })
  await createTagFollow(reader, { slug: tag })
  const pages = await Promise.all([
    listArticles(reader, counted),
    listArticles(reader, { ...counted, tag }),
    listArticles(reader, { ...counted, author }),
    listArticles(reader, { ...counted, author, tag }),
    listFeed(reader, counted),
  ])
  for (const { page } of pages) expect(page).toMatchObject(exceeded)
})

test('an article that is in a feed many times counts once', async () => {
  await publishMany({ name: 'tagged', articles: 1000, tags: 21 })
  const reader = await domain.person()
  for (let n = 1; n <= 21; n += 1) await createTagFollow(reader, { slug: `tagged-${n}` })
  const { page } = await listFeed(reader, counted)
  expect(page).toMatchObject({ total: 1000 })
  expect(page).not.toHaveProperty('totalExceeded')
})
