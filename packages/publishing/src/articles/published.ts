import type { Db, Queryable } from '@galley/db/client'
import { prepared } from '@galley/db/prepared'
import { articles, articleTags, follows, tags, users } from '@galley/db/schema'
import type { Start } from '@galley/platform/cursor'
import { and, asc, desc, eq, inArray, isNotNull, sql, type Placeholder } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { idOf, isPublished, summaryColumns, type Viewer } from './queries.ts'

/** Which of the optional conditions a list has; each combination is a statement of its own. */
type ListShape = {
  viewer: boolean
  tag: boolean
  author: boolean
  followed: boolean
  oldest: boolean
  after: boolean
  offset: boolean
}

type ListValues = Viewer &
  Start & {
    tag?: string | undefined
    author?: string | undefined
    /** Only articles of the people that the viewer follows. */
    followed?: boolean
    oldestFirst?: boolean
  }

const listStatements = new Map<number, ReturnType<typeof preparedList>>()

export type SummaryRow = Awaited<ReturnType<typeof listPublished>>[number]

/** Published articles, newest first unless asked otherwise: up to `limit` of them. */
export function listPublished(db: Db, values: ListValues) {
  const {
    after,
    tag,
    author,
    viewer,
    limit,
    offset,
    followed = false,
    oldestFirst = false,
  } = values
  const shape = {
    viewer: viewer !== null,
    tag: tag !== undefined,
    author: author !== undefined,
    followed,
    oldest: oldestFirst,
    after: after !== null,
    offset: offset > 0,
  }
  const key = keyOf(shape)
  const statement = listStatements.get(key) ?? preparedList(shape)
  listStatements.set(key, statement)
  const afterTime = after === null ? undefined : new Date(after[0]).toISOString()
  const afterId = after?.[1]
  return statement(db).execute({
    viewer,
    limit,
    offset,
    reach: offset + limit,
    tag,
    author,
    afterTime,
    afterId,
  })
}

/** A bit for each of its conditions. */
const keyOf = ({ viewer, tag, author, followed: ofFollowed, oldest, after, offset }: ListShape) =>
  [viewer, tag, author, ofFollowed, oldest, after, offset].reduce(
    (bits, used) => 2 * bits + +used,
    0,
  )

function preparedList(shape: ListShape) {
  const name = Object.entries(shape).flatMap(([condition, used]) => (used ? [condition] : []))
  const inOrder = orderOf(shape, articles)
  return prepared((db) =>
    db
      .select(summaryColumns(shape.viewer ? sql`${sql.placeholder('viewer')}::uuid` : null))
      .from(articles)
      .innerJoin(users, eq(users.id, articles.authorId))
      .where(placeCondition(db, shape))
      .orderBy(...inOrder)
      .limit(sql.placeholder('limit'))
      .prepare(`articles_${name.join('_')}`),
  )
}

type Place = { publishedAt: PgColumn; id: PgColumn }

const orderOf = ({ oldest }: ListShape, { publishedAt, id }: Place) => {
  const order = oldest ? asc : desc
  return [order(publishedAt), order(id)]
}

function placeCondition(db: Queryable, shape: ListShape) {
  if (shape.followed) return inArray(articles.id, followed(db, shape))
  if (shape.tag && !shape.author) return inArray(articles.id, tagged(db, shape))
  if (shape.offset) return inArray(articles.id, skipped(db, shape))
  return listCondition(db, shape)
}

/** The ids of the page alone: the columns of a summary are not worked out for the articles before it. */
const skipped = (db: Queryable, shape: ListShape) =>
  db
    .select({ id: articles.id })
    .from(articles)
    .where(listCondition(db, shape))
    .orderBy(...orderOf(shape, articles))
    .limit(sql.placeholder('limit'))
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
        comesAfter(shape, taggedPlace),
      ),
    )
    .orderBy(...orderOf(shape, taggedPlace))
    .limit(sql.placeholder('limit'))
    .offset(shape.offset ? sql.placeholder('offset') : 0)

/** As many of each followed person by itself, by an index, and the page of them all: however many others write. */
function followed(db: Queryable, shape: ListShape) {
  const recent = db
    .select({ id: articles.id, publishedAt: articles.publishedAt })
    .from(articles)
    .where(and(eq(articles.authorId, follows.followedId), listCondition(db, shape)))
    .orderBy(...orderOf(shape, articles))
    .limit(sql.placeholder('reach'))
    .as('recent')
  return db
    .select({ id: recent.id })
    .from(follows)
    .crossJoinLateral(recent)
    .where(eq(follows.followerId, sql.placeholder('viewer')))
    .orderBy(desc(recent.publishedAt), desc(recent.id))
    .offset(sql.placeholder('offset'))
    .limit(sql.placeholder('limit'))
}

const listCondition = (db: Queryable, shape: ListShape) =>
  and(
    isPublished,
    shape.author ? eq(articles.authorId, sql`(${idOf(db, sql.placeholder('author'))})`) : undefined,
    // Beside an author: those of one author are few, those of a tag need not be.
    shape.tag ? hasTag(sql.placeholder('tag')) : undefined,
    comesAfter(shape, articles),
  )

const hasTag = (tag: string | Placeholder) => sql`${tag} = any(${articles.tagSlugs})`

function comesAfter({ after, oldest }: ListShape, { publishedAt, id }: Place) {
  if (!after) return undefined
  const last = sql`(${sql.placeholder('afterTime')}::timestamptz, ${sql.placeholder('afterId')}::uuid)`
  const place = sql`(${publishedAt}, ${id})`
  return oldest ? sql`${place} > ${last}` : sql`${place} < ${last}`
}

type Counted = Pick<ListValues, 'tag' | 'author'> & { followedBy?: string }

/** How many articles of one tag, of one author, of those whom a person follows are published. */
export async function countPublished(
  db: Db,
  { tag, author: username, followedBy }: Counted,
): Promise<number> {
  if (tag !== undefined && username === undefined) return countTagged(db, tag)
  return db.$count(
    articles,
    and(
      isPublished,
      username === undefined ? undefined : inArray(articles.authorId, idOf(db, username)),
      tag === undefined ? undefined : hasTag(tag),
      followedBy === undefined
        ? undefined
        : inArray(articles.authorId, idsFollowed(db, followedBy)),
    ),
  )
}

async function countTagged(db: Db, slug: string): Promise<number> {
  const [tag] = await db.select({ count: tags.articleCount }).from(tags).where(eq(tags.slug, slug))
  return tag?.count ?? 0
}

const idsFollowed = (db: Queryable, followerId: string) =>
  db.select({ id: follows.followedId }).from(follows).where(eq(follows.followerId, followerId))

const idOfTag = (db: Queryable, slug: Placeholder) =>
  db.select({ id: tags.id }).from(tags).where(eq(tags.slug, slug))
