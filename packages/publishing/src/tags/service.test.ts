import { articles, tags } from '@galley/db/schema'
import { insertArticle, insertUser } from '@galley/testing/factories'
import { eq, inArray, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { transact } from '@galley/platform/ctx'
import { getTag, listTags, setArticleTags } from './service.ts'

const domain = useTestDomain()
const { database } = domain

test('tags are listed by use, then by name, page by page; drafts do not count', async () => {
  const author = await insertUser(database.db)
  const ctx = domain.anonymous()
  const tag = async (slugs: string[], status: 'draft' | 'published' = 'published') => {
    const article = await insertArticle(database.db, { authorId: author.id, status })
    await transact(ctx, (tx) => setArticleTags(tx, article.id, slugs))
  }
  await tag(['b', 'a', 'c'])
  await tag(['c', 'd'])
  await tag(['e', 'a'], 'draft')
  const first = await listTags(ctx, { limit: 2 })
  expect(first.items).toEqual([
    { slug: 'c', articleCount: 2 },
    { slug: 'a', articleCount: 1 },
  ])
  const second = await listTags(ctx, { limit: 2, cursor: first.page.nextCursor ?? '' })
  expect(second).toEqual({
    items: [
      { slug: 'b', articleCount: 1 },
      { slug: 'd', articleCount: 1 },
    ],
    page: { nextCursor: null },
  })
})

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

test('a cursor with text that cannot be stored is refused by name (IN1)', async () => {
  const cursor = Buffer.from(JSON.stringify([1, 'a\0b'])).toString('base64url')
  await expect(listTags(domain.anonymous(), { limit: 2, cursor })).rejects.toThrow(
    expect.objectContaining({ reason: 'cursor/invalid' }),
  )
})

test('one tag is there while a published article carries it', async () => {
  const author = await insertUser(database.db)
  const ctx = domain.anonymous()
  const article = await insertArticle(database.db, { authorId: author.id })
  await transact(ctx, (tx) => setArticleTags(tx, article.id, ['only-one']))
  expect(await getTag(ctx, { slug: 'only-one' })).toEqual({ slug: 'only-one', articleCount: 1 })
  await database.db.update(articles).set({ status: 'draft' }).where(eq(articles.id, article.id))
  const notFound = expect.objectContaining({ reason: 'tag/not-found' })
  await expect(getTag(ctx, { slug: 'only-one' })).rejects.toThrow(notFound)
  await expect(getTag(ctx, { slug: 'never-used' })).rejects.toThrow(notFound)
})
