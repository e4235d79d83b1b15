import type { Db, Queryable } from '@galley/db/client'
import { prepared } from '@galley/db/prepared'
import { articles, articleTags, follows, tags, users } from '@galley/db/schema'
import { and, asc, count, desc, eq, inArray, sql, type Placeholder, type SQL } from 'drizzle-orm'
import type { TimeCursor } from '@galley/platform/cursor'
import { isPublished, summaryColumns, type Viewer } from './queries.ts'

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

export type ListValues = Viewer & {
  tag?: string | undefined
  author?: string | undefined
  /** Only articles of the people that the viewer follows. */
  followed?: boolean
  oldestFirst?: boolean
  after: TimeCursor | null
  offset?: number | undefined
  limit: number
}

const listStatements = new Map<number, ReturnType<typeof preparedList>>()

export type SummaryRow = Awaited<ReturnType<typeof listPublished>>[number]

/** Published articles, newest first unless told: up to `limit` of them. */
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
    offset: offset !== undefined,
  }
  const key = keyOf(shape)
  const statement = listStatements.get(key) ?? preparedList(shape)
  listStatements.set(key, statement)
  const afterTime = after === null ? undefined : new Date(after[0]).toISOString()
  const afterId = after?.[1]
  return statement(db).execute({ viewer, limit, offset, tag, author, afterTime, afterId })
}

/** A bit for each of its conditions. */
const keyOf = ({ viewer, tag, author, followed: ofFollowed, oldest, after, offset }: ListShape) =>
  [viewer, tag, author, ofFollowed, oldest, after, offset].reduce(
    (bits, used) => 2 * bits + +used,
    0,
  )

function preparedList(shape: ListShape) {
  const name = Object.entries(shape).flatMap(([condition, used]) => (used ? [condition] : []))
  const order = shape.oldest ? asc : desc
  const inOrder = [order(articles.publishedAt), order(articles.id)]
  return prepared((db) =>
    db
      .select(summaryColumns(shape.viewer ? sql`${sql.placeholder('viewer')}::uuid` : null))
      .from(articles)
      .innerJoin(users, eq(users.id, articles.authorId))
      .where(placeCondition(db, shape, inOrder))
      .orderBy(...inOrder)
      .limit(sql.placeholder('limit'))
      .prepare(`articles_${name.join('_')}`),
  )
}

function placeCondition(db: Queryable, shape: ListShape, inOrder: SQL[]) {
  if (shape.followed) return inArray(articles.id, followed(db, shape, inOrder))
  if (shape.offset) return inArray(articles.id, skipped(db, shape, inOrder))
  return listCondition(db, shape)
}

/** The ids of the page alone: the columns of a summary are not worked out for the articles before it. */
const skipped = (db: Queryable, shape: ListShape, inOrder: SQL[]) =>
  db
    .select({ id: articles.id })
    .from(articles)
    .where(listCondition(db, shape))
    .orderBy(...inOrder)
    .limit(sql.placeholder('limit'))
    .offset(sql.placeholder('offset'))

/** A page of each followed person by itself, by an index, and the first of them all: however many others write. */
function followed(db: Queryable, shape: ListShape, inOrder: SQL[]) {
  const recent = db
    .select({ id: articles.id, publishedAt: articles.publishedAt })
    .from(articles)
    .where(and(eq(articles.authorId, follows.followedId), listCondition(db, shape)))
    .orderBy(...inOrder)
    .limit(sql.placeholder('limit'))
    .as('recent')
  return db
    .select({ id: recent.id })
    .from(follows)
    .crossJoinLateral(recent)
    .where(eq(follows.followerId, sql.placeholder('viewer')))
    .orderBy(desc(recent.publishedAt), desc(recent.id))
    .limit(sql.placeholder('limit'))
}

function listCondition(db: Queryable, shape: ListShape) {
  const after = sql`(${sql.placeholder('afterTime')}::timestamptz, ${sql.placeholder('afterId')}::uuid)`
  const place = sql`(${articles.publishedAt}, ${articles.id})`
  return and(
    isPublished,
    shape.author ? eq(articles.authorId, sql`(${idOf(db, sql.placeholder('author'))})`) : undefined,
    // As an array, since from a join the planner would look through all that is published for the tag.
    shape.tag
      ? sql`${articles.id} = any(array(${idsTagged(db, sql.placeholder('tag'))}))`
      : undefined,
    shape.after ? (shape.oldest ? sql`${place} > ${after}` : sql`${place} < ${after}`) : undefined,
  )
}

/** How many articles of one tag, of one author, of both are out. */
export async function countPublished(
  db: Db,
  { tag, author: username }: Pick<ListValues, 'tag' | 'author'>,
): Promise<number> {
  const [row] = await db
    .select({ total: count() })
    .from(articles)
    .where(
      and(
        isPublished,
        username === undefined ? undefined : inArray(articles.authorId, idOf(db, username)),
        tag === undefined ? undefined : inArray(articles.id, idsTagged(db, tag)),
      ),
    )
  return row?.total ?? 0
}

const idOf = (db: Queryable, username: string | Placeholder) =>
  db.select({ id: users.id }).from(users).where(eq(users.username, username))

const idsTagged = (db: Queryable, tag: string | Placeholder) =>
  db
    .select({ id: articleTags.articleId })
    .from(articleTags)
    .innerJoin(tags, eq(tags.id, articleTags.tagId))
    .where(eq(tags.slug, tag))
