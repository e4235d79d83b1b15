import { articles, tags } from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
import { insertArticle } from '@galley/testing/publishing/factories'
import { eq, inArray, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { transact } from '@galley/platform/ctx'
import { setArticleTags } from './list.ts'

const domain = useTestDomain()
const { database } = domain

test('the count of a tag follows every way in which an article comes and goes', async () => {
  const author = await insertUser(database.db)
  const ctx = domain.anonymous()
  const made = await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      insertArticle(database.db, {
        authorId: author.id,
        status: n % 2 === 0 ? 'published' : 'draft',
        publishedAt: new Date(),
      }),
    ),
  )
  const ids = made.map(({ id }) => id)
  const slugsOf = (n: number) => ['x', 'y', 'z', 'w'].slice(n % 3, (n % 3) + 2)
  await Promise.all(ids.map((id, n) => transact(ctx, (tx) => setArticleTags(tx, id, slugsOf(n)))))
  await expectCountsToHold()

  const [first, second, third, fourth, fifth] = made
  const one = (article = first) => eq(articles.id, article?.id ?? '')
  await Promise.all([
    database.db.update(articles).set({ status: 'draft' }).where(one(first)),
    database.db.update(articles).set({ status: 'published' }).where(one(second)),
    database.db.delete(articles).where(one(third)),
    database.db.delete(articles).where(one(fourth)),
    transact(ctx, (tx) => setArticleTags(tx, fifth?.id ?? '', ['w', 'new'])),
  ])
  await expectCountsToHold()
  await database.db.update(articles).set({ status: 'published' }).where(inArray(articles.id, ids))
  await expectCountsToHold()
  await database.db.delete(articles).where(inArray(articles.id, ids))
  await expectCountsToHold()
})

async function expectCountsToHold() {
  const counted = await database.db
    .select({
      slug: tags.slug,
      kept: tags.articleCount,
      counted: sql<number>`(select count(*)::int from article_tags join articles a on a.id = article_id
        where tag_id = tags.id and a.status = 'published')`,
    })
    .from(tags)
  expect(counted.map(({ slug, kept }) => [slug, kept])).toEqual(
    counted.map((row) => [row.slug, row.counted]),
  )
}

test('writers of the same new tags in other orders do not block each other', async () => {
  const author = await insertUser(database.db)
  const ctx = domain.anonymous()
  const slugs = Array.from({ length: 5 }, (_, n) => `tag-${n}`)
  const made = await Promise.all(
    Array.from({ length: 20 }, () => insertArticle(database.db, { authorId: author.id })),
  )
  const writes = made.map((article, n) =>
    transact(ctx, (tx) => setArticleTags(tx, article.id, n % 2 ? slugs : slugs.toReversed())),
  )
  await expect(Promise.all(writes)).resolves.toHaveLength(20)
})
