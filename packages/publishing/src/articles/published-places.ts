import type { ArticleOrder } from '@galley/contract/publishing/articles'
import type { Queryable } from '@galley/db/client'
import { articleAuthors, articles, articleTags, follows, tagFollows, tags } from '@galley/db/schema'
import {
  byId,
  byNumber,
  byTime,
  comesAfter,
  inOrder,
  type Order,
  type Orders,
  placeholders,
  reversed,
} from '@galley/platform/order'
import { and, eq, exists, inArray, isNotNull, sql, type Placeholder } from 'drizzle-orm'
import { type PgColumn, unionAll } from 'drizzle-orm/pg-core'
import type { z } from 'zod'
import { idOf, isPublished } from './queries.ts'

export type Sort = z.output<typeof ArticleOrder>

/** Which of the optional conditions a list has, and its order; each combination is a statement of its own. */
export type ListShape = {
  viewer: boolean
  tag: boolean
  author: boolean
  followed: boolean
  after: boolean
  offset: boolean
  sort: Sort
  limit: Placeholder
}

/** What places of the lists are made of. */
type PlaceRow = { id: string; publishedAt: Date | null; favouriteCount: number }
type Place = Record<'publishedAt' | 'id', PgColumn>

const ordersOfTime = ({ publishedAt, id }: Place) => {
  const oldest: Order<PlaceRow> = [
    byTime(publishedAt, (row) => row.publishedAt ?? new Date(0)),
    byId(id, (row) => row.id),
  ]
  return { newest: reversed(oldest), oldest }
}

export const articleOrders: Orders<Sort, PlaceRow> = {
  ...ordersOfTime(articles),
  favourites: reversed<PlaceRow>([
    byNumber(articles.favouriteCount, (row) => row.favouriteCount),
    byId(articles.id, (row) => row.id),
  ]),
}

export const orderOf = ({ sort }: ListShape, place: Place) =>
  sort === 'favourites' ? articleOrders[sort] : ordersOfTime(place)[sort]

/** Which articles are on the page: found by the index that has them in its order. */
export function placeCondition(db: Queryable, shape: ListShape) {
  if (shape.followed) return inArray(articles.id, followed(db, shape))
  const isInTime = shape.sort !== 'favourites'
  if (shape.author && isInTime) return inArray(articles.id, written(db, shape))
  if (shape.tag && isInTime) return inArray(articles.id, tagged(db, shape))
  if (shape.offset || shape.author) return inArray(articles.id, skipped(db, shape))
  return listCondition(db, shape)
}

/** The ids of the page alone: the columns of a summary are not worked out, nor people looked up, for the articles before it. */
const skipped = (db: Queryable, shape: ListShape) =>
  db
    .select({ id: articles.id })
    .from(articles)
    .where(listCondition(db, shape))
    .orderBy(...inOrder(orderOf(shape, articles)))
    .limit(shape.limit)
    .offset(sql.placeholder('offset'))

const taggedPlace = { publishedAt: articleTags.publishedAt, id: articleTags.articleId }

/** The ids of a page of a tag, read off one index in their order, however many articles carry it. */
const tagged = (db: Queryable, shape: ListShape) =>
  db
    .select({ id: articleTags.articleId })
    .from(articleTags)
    .where(
      and(
        eq(articleTags.tagId, sql`(${idOfTag(db, sql.placeholder('tag'))})`),
        isNotNull(articleTags.publishedAt),
        isBeyond(shape, taggedPlace),
      ),
    )
    .orderBy(...inOrder(orderOf(shape, taggedPlace)))
    .limit(shape.limit)
    .offset(shape.offset ? sql.placeholder('offset') : 0)

const writtenPlace = { publishedAt: articleAuthors.publishedAt, id: articleAuthors.articleId }

/** The ids of a page of an author, the same way: their own articles, and those that they wrote with others; of one tag or of all. */
const written = (db: Queryable, shape: ListShape) =>
  db
    .select({ id: articleAuthors.articleId })
    .from(articleAuthors)
    .where(
      and(
        eq(articleAuthors.userId, sql`(${idOf(db, sql.placeholder('author'))})`),
        isNotNull(articleAuthors.publishedAt),
        shape.tag ? carriesToo(db, sql.placeholder('tag')) : undefined,
        isBeyond(shape, writtenPlace),
      ),
    )
    .orderBy(...inOrder(orderOf(shape, writtenPlace)))
    .limit(shape.limit)
    .offset(shape.offset ? sql.placeholder('offset') : 0)

/** Of an author's article: whether it carries the tag, off the same index at its place, and not off the article. */
export const carriesToo = (db: Queryable, slug: string | Placeholder) =>
  exists(
    db
      .select({ id: articleTags.articleId })
      .from(articleTags)
      .where(
        and(
          eq(articleTags.tagId, sql`(${idOfTag(db, slug)})`),
          eq(articleTags.publishedAt, articleAuthors.publishedAt),
          eq(articleTags.articleId, articleAuthors.articleId),
        ),
      ),
  )

/** As many of each followed person and tag by itself, by an index, and the page of them all: however many others write. */
function followed(db: Queryable, shape: ListShape) {
  const recent = unionAll(ofPeople(db, shape), ofTags(db, shape)).as('recent')
  return (
    db
      .select({ id: recent.id })
      .from(recent)
      // What two of them wrote together, or carries two of the tags, is one article.
      .groupBy(recent.id, recent.publishedAt)
      .orderBy(...inOrder(orderOf(shape, recent)))
      .offset(sql.placeholder('offset'))
      .limit(shape.limit)
  )
}

function ofPeople(db: Queryable, shape: ListShape) {
  const theirs = db
    .select({ id: articleAuthors.articleId, publishedAt: articleAuthors.publishedAt })
    .from(articleAuthors)
    .where(
      and(
        eq(articleAuthors.userId, follows.followedId),
        isNotNull(articleAuthors.publishedAt),
        isBeyond(shape, writtenPlace),
      ),
    )
    .orderBy(...inOrder(orderOf(shape, writtenPlace)))
    .limit(sql.placeholder('reach'))
    .as('theirs')
  return db
    .select({ id: theirs.id, publishedAt: theirs.publishedAt })
    .from(follows)
    .crossJoinLateral(theirs)
    .where(eq(follows.followerId, sql.placeholder('viewer')))
}

function ofTags(db: Queryable, shape: ListShape) {
  const carrying = db
    .select({ id: articleTags.articleId, publishedAt: articleTags.publishedAt })
    .from(articleTags)
    .where(
      and(
        eq(articleTags.tagId, tagFollows.tagId),
        isNotNull(articleTags.publishedAt),
        isBeyond(shape, taggedPlace),
      ),
    )
    .orderBy(...inOrder(orderOf(shape, taggedPlace)))
    .limit(sql.placeholder('reach'))
    .as('carrying')
  return db
    .select({ id: carrying.id, publishedAt: carrying.publishedAt })
    .from(tagFollows)
    .crossJoinLateral(carrying)
    .where(eq(tagFollows.userId, sql.placeholder('viewer')))
}

const listCondition = (db: Queryable, shape: ListShape) =>
  and(
    isPublished,
    shape.author ? inArray(articles.id, ofAuthor(db, sql.placeholder('author'))) : undefined,
    shape.tag ? carries(db, shape) : undefined,
    isBeyond(shape, articles),
  )

/** Beside an author by the article itself: those of one author are few, those of a tag need not be. */
const carries = (db: Queryable, { author }: ListShape) =>
  author ? hasTag(sql.placeholder('tag')) : inArray(articles.id, ofTag(db))

const ofAuthor = (db: Queryable, username: string | Placeholder) =>
  db.select({ id: articleAuthors.articleId }).from(articleAuthors).where(isWrittenBy(db, username))

export const isWrittenBy = (db: Queryable, username: string | Placeholder) =>
  and(
    eq(articleAuthors.userId, sql`(${idOf(db, username)})`),
    isNotNull(articleAuthors.publishedAt),
  )

const ofTag = (db: Queryable) =>
  db
    .select({ id: articleTags.articleId })
    .from(articleTags)
    .where(
      and(
        eq(articleTags.tagId, sql`(${idOfTag(db, sql.placeholder('tag'))})`),
        isNotNull(articleTags.publishedAt),
      ),
    )

const hasTag = (tag: Placeholder) => sql`${tag} = any(${articles.tagSlugs})`

function isBeyond(shape: ListShape, place: Place) {
  const order = orderOf(shape, place)
  return shape.after ? comesAfter(order, placeholders(order)) : undefined
}

const idOfTag = (db: Queryable, slug: string | Placeholder) =>
  db.select({ id: tags.id }).from(tags).where(eq(tags.slug, slug))
