import type { Db, Queryable, Tx } from '@galley/db/client'
import { batched, alignByKey } from '@galley/db/batched'
import { prepared } from '@galley/db/prepared'
import {
  articles,
  articleTags,
  comments,
  favourites,
  follows,
  tags,
  users,
} from '@galley/db/schema'
import { olderThan, type Start } from '@galley/platform/cursor'
import { and, asc, desc, eq, inArray, sql, type Placeholder, type SQL } from 'drizzle-orm'

export type Viewer = { viewer: string | null }

/**
 * Written out: as a parameter it would keep the server from one plan for all, since a plan that does not know the value
 * cannot use the indexes of what is published.
 */
export const isPublished = sql`${articles.status} = 'published'`

/** Tags in the author's order, one by one: from a join the planner reads the whole tag table for each article. */
const tagSlugs = sql<string[]>`array(
  select (select ${tags.slug} from ${tags} where ${tags.id} = ${articleTags.tagId})
  from ${articleTags} where ${articleTags.articleId} = ${articles.id} order by ${articleTags.position})`

const author = { username: users.username, displayName: users.displayName }

/** Without a viewer, nobody's favourites are looked through. */
export const summaryColumns = (viewer: SQL | null) => ({
  id: articles.id,
  slug: articles.slug,
  title: articles.title,
  description: articles.description,
  coverUrl: articles.coverUrl,
  language: sql<string | null>`coalesce(${articles.language}, ${articles.detectedLanguage})`,
  author,
  tags: tagSlugs,
  publishedAt: articles.publishedAt,
  words: articles.words,
  favouriteCount: sql<number>`(select count(*)::int from ${favourites} where ${favourites.articleId} = ${articles.id})`,
  commentCount: sql<number>`(select count(*)::int from ${comments} where ${comments.articleId} = ${articles.id})`,
  favourited: viewer ? isFavourite(viewer) : sql<boolean>`false`,
})

/** Not by `exists`: for a page whose length it does not know, the planner would read all favourites of the viewer. */
const isFavourite = (viewer: SQL) => sql<boolean>`coalesce((select true from ${favourites}
  where ${favourites.articleId} = ${articles.id} and ${favourites.userId} = ${viewer}), false)`

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

/** As many of each followed person by itself, by an index, and the page of them all: however many others write. */
function followed(db: Queryable, shape: ListShape, inOrder: SQL[]) {
  const recent = db
    .select({ id: articles.id, publishedAt: articles.publishedAt })
    .from(articles)
    .where(and(eq(articles.authorId, follows.followedId), listCondition(db, shape)))
    .orderBy(...inOrder)
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

type Counted = Pick<ListValues, 'tag' | 'author'> & { followedBy?: string }

/** How many articles of one tag, of one author, of those whom a person follows are published. */
export const countPublished = (
  db: Db,
  { tag, author: username, followedBy }: Counted,
): Promise<number> =>
  db.$count(
    articles,
    and(
      isPublished,
      username === undefined ? undefined : inArray(articles.authorId, idOf(db, username)),
      tag === undefined ? undefined : inArray(articles.id, idsTagged(db, tag)),
      followedBy === undefined
        ? undefined
        : inArray(articles.authorId, idsFollowed(db, followedBy)),
    ),
  )

const idsFollowed = (db: Queryable, followerId: string) =>
  db.select({ id: follows.followedId }).from(follows).where(eq(follows.followerId, followerId))

export const idOf = (db: Queryable, username: string | Placeholder) =>
  db.select({ id: users.id }).from(users).where(eq(users.username, username))

const idsTagged = (db: Queryable, tag: string | Placeholder) =>
  db
    .select({ id: articleTags.articleId })
    .from(articleTags)
    .innerJoin(tags, eq(tags.id, articleTags.tagId))
    .where(eq(tags.slug, tag))

const mineColumns = {
  id: articles.id,
  authorId: articles.authorId,
  slug: articles.slug,
  title: articles.title,
  description: articles.description,
  status: articles.status,
  version: articles.version,
  publishedAt: articles.publishedAt,
  updatedAt: articles.updatedAt,
  words: articles.words,
  language: articles.language,
  detectedLanguage: articles.detectedLanguage,
  tags: tagSlugs,
  author,
}

/** Articles of any status that fulfil a condition, last changed first. */
export const listLastChanged = (
  db: Db,
  isWanted: SQL | undefined,
  { after, offset, limit }: Start,
) =>
  db
    .select(mineColumns)
    .from(articles)
    .innerJoin(users, eq(users.id, articles.authorId))
    .where(and(isWanted, olderThan([articles.updatedAt, articles.id], after)))
    .orderBy(desc(articles.updatedAt), desc(articles.id))
    .offset(offset)
    .limit(limit)

const factsByIds = prepared((db) =>
  db
    .select({ id: articles.id, authorId: articles.authorId, status: articles.status })
    .from(sql`unnest((select ${sql.placeholder('ids')}::uuid[])) as wanted (id)`)
    .innerJoin(articles, eq(articles.id, sql`wanted.id`))
    .prepare('article_facts'),
)

/** What decides who may see an article and respond to it, without its text. */
export const findArticleFacts = batched(async (db, ids: readonly string[]) => {
  const rows = await factsByIds(db).execute({ ids: [...new Set(ids)] })
  return alignByKey(ids, rows, ({ id }) => id)
})

export type ArticleRow = typeof articles.$inferSelect

export async function findArticle(db: Queryable, id: string): Promise<ArticleRow | null> {
  const [row] = await db.select().from(articles).where(eq(articles.id, id))
  return row ?? null
}

/** Locks the row until the transaction ends. */
export async function findArticleForUpdate(tx: Tx, id: string): Promise<ArticleRow | null> {
  const [row] = await tx.select().from(articles).where(eq(articles.id, id)).for('update')
  return row ?? null
}
