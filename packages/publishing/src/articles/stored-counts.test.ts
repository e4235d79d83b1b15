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
import { createRandom } from '@galley/testing/random'
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

const { next, pick: anyOf } = createRandom(20_261_129)
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
  const anyComment = async (which: SQL) => {
    const found = await database.db
      .select({ articleId: comments.articleId, parentId: comments.id })
      .from(comments)
      .where(which)
      .orderBy(comments.id)
    return found.length > 0 ? anyOf(found) : undefined
  }
  const marks = () => ({ articleId: anyOf(ids), userId: anyOf(people) })
  const some = () => slugs.filter(() => next() < 0.5).toSorted(() => next() - 0.5)
  const writes = {
    favourite: () => database.db.insert(favourites).values(marks()).onConflictDoNothing(),
    favourites: () =>
      database.db.insert(favourites).values([marks(), marks(), marks()]).onConflictDoNothing(),
    'no favourites': () =>
      database.db.delete(favourites).where(eq(favourites.articleId, anyOf(ids))),
    comment: () => insertComment(database.db, { articleId: anyOf(ids), authorId: anyOf(people) }),
    reply: async () => {
      const parent = await anyComment(isNull(comments.parentId))
      return parent && insertComment(database.db, { ...parent, authorId: anyOf(people) })
    },
    'an emptied comment': async () => {
      const parent = await anyComment(gt(comments.replyCount, 0))
      if (!parent) return undefined
      const emptied = { authorId: null, body: '', bodyHtml: '', deletedAt: new Date() }
      return database.db.update(comments).set(emptied).where(eq(comments.id, parent.parentId))
    },
    'no comments': () => database.db.delete(comments).where(eq(comments.authorId, anyOf(people))),
    tags: () => tag(anyOf(ids), some()).then(() => true),
    'a renamed tag': () =>
      database.db
        .update(tags)
        .set({ slug: anyOf(['f', 'g']) })
        .where(eq(tags.slug, anyOf(slugs))),
    'merged tags': async () => {
      const [one, other] = await database.db.select().from(tags).orderBy(tags.slug).limit(2)
      if (!one || !other) return undefined
      return database.db
        .update(articleTags)
        .set({ tagId: other.id })
        .where(eq(articleTags.tagId, one.id))
    },
    'tags in another order': () =>
      database.db
        .update(articleTags)
        .set({ position: sql`9 - ${articleTags.position}` })
        .where(eq(articleTags.articleId, anyOf(ids))),
    'a co-author': () =>
      insertCoAuthor(database.db, { ...marks(), position: 1, accepted: next() < 0.7 }).then(
        () => true,
      ),
    'a byline': () =>
      database.db
        .update(articleAuthors)
        .set({ acceptedAt: new Date(), position: Math.ceil(next() * 9) })
        .where(eq(articleAuthors.articleId, anyOf(ids))),
    'one author less': () =>
      database.db
        .delete(articleAuthors)
        .where(
          and(eq(articleAuthors.userId, anyOf(people)), eq(articleAuthors.articleId, anyOf(ids))),
        ),
    'a state': () =>
      database.db
        .update(articles)
        .set({ ...anyState() })
        .where(eq(articles.id, anyOf(ids))),
    'a day': () =>
      database.db
        .update(articles)
        .set({ publishedAt: new Date(Date.UTC(2026, 0, 1 + Math.floor(next() * 99))) })
        .where(eq(articles.id, anyOf(ids))),
    'one person less': async () => {
      const [gone] = people.splice(0, 1, (await insertUser(database.db)).id)
      return database.db.delete(users).where(eq(users.id, gone ?? ''))
    },
    'one article less': async () => {
      const [gone] = ids.splice(0, 1, (await made()).id)
      return database.db.delete(articles).where(eq(articles.id, gone ?? ''))
    },
  } satisfies Record<string, () => PromiseLike<unknown>>
  type Kind = keyof typeof writes
  const rare: Kind[] = ['one person less', 'one article less']
  const often = (Object.keys(writes) as Kind[]).filter((kind) => !rare.includes(kind))
  const done = new Map<string, number>()
  const write = async (kind: Kind) => {
    try {
      const isDone = (await writes[kind]()) !== undefined
      if (isDone) done.set(kind, (done.get(kind) ?? 0) + 1)
    } catch (error) {
      if (!isRefused(error)) throw error
    }
  }
  // What meets a row that has gone, or a deadlock, is refused and must leave nothing.
  for (let round = 0; round < 40; round += 1) {
    const turn = Array.from({ length: 8 }, () => anyOf(often))
    if (round % 3 === 0) turn.push(anyOf(rare))
    await Promise.all(turn.map(write))
  }
  // Which of them were refused is chance.
  const few = () => [...often, ...rare].filter((kind) => (done.get(kind) ?? 0) < 2)
  for (let more = 0; more < 200 && few().length > 0; more += 1) {
    await Promise.all([...few(), anyOf(often)].map(write))
  }
  expect([...(await wrongRows())]).toEqual([])
  expect(few()).toEqual([])
  const [sums] = await database.db.execute(sql`
    select sum(favourite_count) > 0 as favourites, sum(comment_count) > 0 as comments,
      sum(cardinality(tag_slugs)) > 0 as tags, sum(cardinality(byline_ids)) > 0 as bylines,
      (select sum(reply_count) > 0 from comments) as replies,
      (select sum(article_count) > 0 from tags) as tagged from articles`)
  expect(sums).toEqual({
    favourites: true,
    comments: true,
    tags: true,
    bylines: true,
    replies: true,
    tagged: true,
  })
}, 60_000)

/** A deadlock, a row that is gone, or one that is there already. */
const isRefused = (error: unknown): boolean => {
  const { code, cause } = Object(error)
  return ['40P01', '23503', '23505'].includes(code) || (cause !== undefined && isRefused(cause))
}

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
