// What is stored ready in an article's row equals what is counted, after any write and any cascade.
import {
  articleAuthors,
  articles,
  articleTags,
  comments,
  favourites,
  tags,
  users,
} from '@galley/db/schema'
import { transact } from '@galley/platform/ctx'
import { insertUser } from '@galley/testing/factories'
import { insertArticle, insertCoAuthor, insertComment } from '@galley/testing/publishing/factories'
import { and, eq, gt, isNull, type SQL, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { createFavourite } from '../favourites/change.ts'
import { setArticleTags } from '../tags/list.ts'
import { repairCounts } from './repair-counts.ts'

const domain = useTestDomain()
const { database } = domain

beforeEach(async () => {
  await database.db.delete(articles)
  await database.db.delete(tags)
})

const anyOf = <Item>(items: readonly Item[]): Item => {
  const item = items[Math.floor(Math.random() * items.length)]
  if (item === undefined) throw new Error('There is nothing to choose from')
  return item
}
const states = [
  { status: 'draft' },
  { status: 'in_review' },
  { status: 'scheduled', scheduledAt: new Date(Date.UTC(2046)), scheduledZone: 'UTC' },
  { status: 'published' },
  { status: 'published' },
  { status: 'published' },
  { status: 'archived' },
  { status: 'trashed', deletedAt: new Date(Date.UTC(2026)) },
] as const
const anyState = () => ({
  scheduledAt: null,
  scheduledZone: null,
  deletedAt: null,
  ...anyOf(states),
})
const tag = (article: string, slugs: string[]) =>
  transact(domain.anonymous(), (tx) => setArticleTags(tx, article, slugs))

/** Rows whose stored values are not what is counted. */
const wrongRows = () =>
  database.db.execute(sql`
    select a.slug, favourite_count, comment_count, tag_slugs from articles a
    where (favourite_count, comment_count, tag_slugs) is distinct from (
      (select count(*)::int from favourites where article_id = a.id),
      (select count(*)::int from comments where article_id = a.id and deleted_at is null),
      array(select t.slug from article_tags join tags t on t.id = tag_id where article_id = a.id order by position))
    union all
    select 'replies to ' || body, reply_count, 0, '{}' from comments parent where reply_count <> (
      select count(*) from comments where parent_id = parent.id)
    union all
    select 'place of ' || a.slug, 0, 0, '{}' from article_tags x join articles a on a.id = article_id
    where x.published_at is distinct from case when a.status = 'published' then a.published_at end
    union all
    select 'author of ' || a.slug, 0, 0, '{}' from articles a left join article_authors w
      on w.article_id = a.id and (w.accepted_at is not null or w.user_id = a.author_id)
    where w.published_at is distinct from case when a.status = 'published' then a.published_at end
    union all
    select 'byline of ' || a.slug, 0, 0, '{}' from articles a, lateral (
      select array_agg(user_id order by position, user_id) as ids, count(*) from article_authors
      where article_id = a.id and accepted_at is not null) w
    where a.byline_ids <> case when w.count > 1 then w.ids else '{}' end
    union all
    select 'tag ' || slug, article_count, 0, '{}' from tags where article_count <> (
      select count(*) from article_tags join articles a on a.id = article_id
      where tag_id = tags.id and a.status = 'published')`)

test('random writes of many at once leave what is stored and what is counted equal', async () => {
  const author = await insertUser(database.db)
  const made = () =>
    insertArticle(database.db, {
      authorId: author.id,
      ...anyState(),
    })
  const ids: string[] = []
  for (let n = 0; n < 6; n += 1) ids.push((await made()).id)
  const people: string[] = []
  for (let n = 0; n < 12; n += 1) people.push((await insertUser(database.db)).id)
  const slugs = ['a', 'b', 'c', 'd', 'e']
  const anyComment = (which: SQL) =>
    database.db
      .select({ articleId: comments.articleId, parentId: comments.id })
      .from(comments)
      .where(which)
      .orderBy(sql`random()`)
      .limit(1)
  const marks = () => ({ articleId: anyOf(ids), userId: anyOf(people) })
  const some = () => slugs.filter(() => Math.random() < 0.5).toSorted(() => Math.random() - 0.5)
  const writes: (() => Promise<unknown>)[] = [
    () => database.db.insert(favourites).values(marks()).onConflictDoNothing(),
    () => database.db.insert(favourites).values([marks(), marks(), marks()]).onConflictDoNothing(),
    () => database.db.delete(favourites).where(eq(favourites.articleId, anyOf(ids))),
    () => insertComment(database.db, { articleId: anyOf(ids), authorId: anyOf(people) }),
    async () => {
      const [parent] = await anyComment(isNull(comments.parentId))
      if (parent) await insertComment(database.db, { ...parent, authorId: anyOf(people) })
    },
    async () => {
      const [{ parentId: id } = { parentId: '' }] = await anyComment(gt(comments.replyCount, 0))
      const emptied = { authorId: null, body: '', bodyHtml: '', deletedAt: new Date() }
      await database.db.update(comments).set(emptied).where(eq(comments.id, id))
    },
    () => database.db.delete(comments).where(eq(comments.authorId, anyOf(people))),
    () => tag(anyOf(ids), some()),
    () => insertCoAuthor(database.db, { ...marks(), position: 1, accepted: Math.random() < 0.7 }),
    () =>
      database.db
        .update(articleAuthors)
        .set({ acceptedAt: new Date(), position: Math.ceil(Math.random() * 9) })
        .where(eq(articleAuthors.articleId, anyOf(ids))),
    () =>
      database.db
        .delete(articleAuthors)
        .where(
          and(eq(articleAuthors.userId, anyOf(people)), eq(articleAuthors.articleId, anyOf(ids))),
        ),
    () =>
      database.db
        .update(articles)
        .set({ ...anyState() })
        .where(eq(articles.id, anyOf(ids))),
    () =>
      database.db
        .update(articles)
        .set({ publishedAt: new Date(Date.UTC(2026, 0, 1 + Math.floor(Math.random() * 99))) })
        .where(eq(articles.id, anyOf(ids))),
  ]
  const rare: (() => Promise<unknown>)[] = [
    async () => {
      const [gone] = people.splice(0, 1, (await insertUser(database.db)).id)
      await database.db.delete(users).where(eq(users.id, gone ?? ''))
    },
    async () => {
      const [gone] = ids.splice(0, 1, (await made()).id)
      await database.db.delete(articles).where(eq(articles.id, gone ?? ''))
    },
  ]
  // What meets a row that has gone, or a deadlock, is refused and must leave nothing.
  for (let round = 0; round < 30; round += 1) {
    const turn = Array.from({ length: 8 }, () => anyOf(writes))
    if (round % 3 === 0) turn.push(anyOf(rare))
    await Promise.all(turn.map((write) => write().catch(() => {})))
  }
  expect([...(await wrongRows())]).toEqual([])
  const [sums] = await database.db.execute(sql`
    select sum(favourite_count) > 0 as favourites, sum(comment_count) > 0 as comments,
      sum(cardinality(tag_slugs)) > 0 as tags from articles`)
  expect(sums).toEqual({ favourites: true, comments: true, tags: true })
}, 60_000)

test('fifty favourites of one article at once: none is lost, none fails, the article is as it was', async () => {
  const author = await insertUser(database.db)
  const article = await insertArticle(database.db, { authorId: author.id })
  const fans = await Promise.all(Array.from({ length: 50 }, () => domain.person()))
  const views = await Promise.all(
    fans.map((fan) => createFavourite(fan, { articleId: article.id })),
  )
  const [after] = await database.db.select().from(articles).where(eq(articles.id, article.id))
  expect(after).toEqual({ ...article, favouriteCount: 50 })
  expect(Math.max(...views.map(({ favouriteCount }) => favouriteCount))).toBe(50)
})

test('a person who goes takes their favourites and comments along', async () => {
  const [author, reader] = [await insertUser(database.db), await insertUser(database.db)]
  const article = await insertArticle(database.db, { authorId: author.id })
  await database.db.insert(favourites).values({ articleId: article.id, userId: reader.id })
  await insertComment(database.db, { articleId: article.id, authorId: reader.id })
  await insertComment(database.db, { articleId: article.id, authorId: author.id })
  await database.db.delete(users).where(eq(users.id, reader.id))
  const [left] = await database.db.select().from(articles).where(eq(articles.id, article.id))
  expect(left).toMatchObject({ favouriteCount: 0, commentCount: 1 })
})

describe('tags', () => {
  const slugsOf = async (id: string) =>
    (
      await database.db
        .select({ slugs: articles.tagSlugs })
        .from(articles)
        .where(eq(articles.id, id))
    )[0]?.slugs

  test('that are renamed, merged or put in another order', async () => {
    const author = await insertUser(database.db)
    const { id } = await insertArticle(database.db, { authorId: author.id })
    await tag(id, ['z', 'a', 'm'])
    expect(await slugsOf(id)).toEqual(['z', 'a', 'm'])
    await database.db.update(tags).set({ slug: 'y' }).where(eq(tags.slug, 'z'))
    expect(await slugsOf(id)).toEqual(['y', 'a', 'm'])
    await database.db.update(articleTags).set({ position: sql`2 - ${articleTags.position}` })
    expect(await slugsOf(id)).toEqual(['m', 'a', 'y'])
    const [other] = await database.db.insert(tags).values({ slug: 'other' }).returning()
    const [merged] = await database.db.select().from(tags).where(eq(tags.slug, 'a'))
    await database.db
      .update(articleTags)
      .set({ tagId: other?.id ?? '' })
      .where(eq(articleTags.tagId, merged?.id ?? ''))
    expect(await slugsOf(id)).toEqual(['m', 'other', 'y'])
    expect([...(await wrongRows())]).toEqual([])
    await database.db.delete(tags).where(eq(tags.slug, 'a'))
    expect([...(await wrongRows())]).toEqual([])
  })
})

test('what was changed past the triggers is repaired, and only that', async () => {
  const author = await insertUser(database.db)
  const [wrong, right] = [
    await insertArticle(database.db, { authorId: author.id }),
    await insertArticle(database.db, { authorId: author.id }),
  ]
  for (const { id } of [wrong, right]) {
    await insertComment(database.db, { articleId: id, authorId: author.id })
    await tag(id, ['a', 'b'])
  }
  const [parent] = await database.db.select().from(comments).where(eq(comments.articleId, right.id))
  const reply = { articleId: right.id, authorId: author.id, parentId: parent?.id }
  await insertComment(database.db, reply)
  const ctx = domain.anonymous()
  expect(await repairCounts(ctx)).toEqual({ articles: 0, bylines: 0, tags: 0 })
  const stored = () =>
    database.db
      .select({ version: articles.version, updatedAt: articles.updatedAt })
      .from(articles)
      .orderBy(articles.id)
  const before = await stored()
  await database.db
    .update(articles)
    .set({ favouriteCount: 7, commentCount: 9, tagSlugs: ['x'] })
    .where(eq(articles.id, wrong.id))
  await database.db.update(comments).set({ replyCount: 5 }).where(isNull(comments.parentId))
  await database.db.update(articleTags).set({ publishedAt: null })
  await database.db.delete(articleAuthors).where(eq(articleAuthors.articleId, wrong.id))
  await database.db
    .update(articleAuthors)
    .set({ publishedAt: null })
    .where(eq(articleAuthors.articleId, right.id))
  await database.db.update(tags).set({ articleCount: 5 }).where(eq(tags.slug, 'a'))
  expect(await repairCounts(ctx)).toEqual({ articles: 2, bylines: 2, tags: 1 })
  expect([...(await wrongRows())]).toEqual([])
  expect(await stored()).toEqual(before)
})
