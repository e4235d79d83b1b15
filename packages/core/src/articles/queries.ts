import type { Db, Queryable, Tx } from '@galley/db/client'
import { gathered } from '@galley/db/gathered'
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
import { and, asc, count, desc, eq, inArray, sql, type Placeholder, type SQL } from 'drizzle-orm'
import type { TimeCursor } from '../cursor.ts'

type Viewer = { viewer: string | null }

/**
 * Written out: as a parameter it would keep the server from one plan for all, since a plan that does not know the value
 * cannot use the indexes of what is published.
 */
const isPublished = sql`${articles.status} = 'published'`

/** Tags in the author's order, one by one: from a join the planner reads the whole tag table for each article. */
const tagSlugs = sql<string[]>`array(
  select (select ${tags.slug} from ${tags} where ${tags.id} = ${articleTags.tagId})
  from ${articleTags} where ${articleTags.articleId} = ${articles.id} order by ${articleTags.position})`

const author = { username: users.username, displayName: users.displayName }

const summaryColumns = (viewer: SQL) => ({
  id: articles.id,
  slug: articles.slug,
  title: articles.title,
  description: articles.description,
  coverUrl: articles.coverUrl,
  author,
  tags: tagSlugs,
  publishedAt: articles.publishedAt,
  words: articles.words,
  favouriteCount: sql<number>`(select count(*)::int from ${favourites} where ${favourites.articleId} = ${articles.id})`,
  commentCount: sql<number>`(select count(*)::int from ${comments} where ${comments.articleId} = ${articles.id})`,
  // Not by `exists`: for a page whose length it does not know, the planner would read all favourites of the viewer.
  favorited: sql<boolean>`coalesce((select true from ${favourites}
    where ${favourites.articleId} = ${articles.id} and ${favourites.userId} = ${viewer}), false)`,
})

/** What is asked for, a row each, with its place. By a sub-select, so that one plan serves any number of them. */
const wanted = sql`unnest((select ${sql.placeholder('slugs')}::text[]), (select ${sql.placeholder('viewers')}::uuid[]))
  with ordinality as wanted (slug, viewer, place)`

const viewColumns = {
  place: sql<number>`wanted.place::int`,
  ...summaryColumns(sql`wanted.viewer`),
  authorId: articles.authorId,
  status: articles.status,
  version: articles.version,
  bodyHtml: articles.bodyHtml,
  renderVersion: articles.renderVersion,
  updatedAt: articles.updatedAt,
}

const bySlug = prepared((db) =>
  db
    .select(viewColumns)
    .from(wanted)
    .innerJoin(articles, eq(articles.slug, sql`wanted.slug`))
    .innerJoin(users, eq(users.id, articles.authorId))
    .prepare('articles_by_slug'),
)

export type ViewRow = NonNullable<Awaited<ReturnType<typeof findArticleBySlug>>>

export const findArticleBySlug = gathered(async (db, keys: (Viewer & { slug: string })[]) => {
  const slugs = keys.map(({ slug }) => slug)
  const viewers = keys.map(({ viewer }) => viewer)
  const rows = await bySlug(db).execute({ slugs, viewers })
  const found = new Map(rows.map((row) => [row.place, row]))
  return keys.map((_, at) => found.get(at + 1) ?? null)
})

/** Which of the optional conditions a list has; each combination is a statement of its own. */
type ListShape = {
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

const listStatements = new Map<string, ReturnType<typeof preparedList>>()

export type SummaryRow = Awaited<ReturnType<typeof listPublished>>[number]

/** Published articles, newest first unless told: up to `limit` of them. */
export function listPublished(
  db: Db,
  { after, tag, author: username, followed = false, oldestFirst = false, ...values }: ListValues,
) {
  const shape = {
    tag: tag !== undefined,
    author: username !== undefined,
    followed,
    oldest: oldestFirst,
    after: after !== null,
    offset: values.offset !== undefined,
  }
  const key = Object.entries(shape)
    .flatMap(([name, used]) => (used ? [name] : []))
    .join('_')
  const statement = listStatements.get(key) ?? preparedList(key, shape)
  listStatements.set(key, statement)
  const [afterTime, afterId] = after ?? []
  return statement(db).execute({
    ...values,
    tag,
    author: username,
    afterTime: afterTime === undefined ? undefined : new Date(afterTime).toISOString(),
    afterId,
  })
}

function preparedList(key: string, shape: ListShape) {
  const order = shape.oldest ? asc : desc
  const inOrder = [order(articles.publishedAt), order(articles.id)]
  return prepared((db) =>
    db
      .select(summaryColumns(sql`${sql.placeholder('viewer')}::uuid`))
      .from(articles)
      .innerJoin(users, eq(users.id, articles.authorId))
      .where(placeCondition(db, shape, inOrder))
      .orderBy(...inOrder)
      .limit(sql.placeholder('limit'))
      .prepare(`articles_${key}`),
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
  tags: tagSlugs,
}

type MineValues = {
  authorId: string
  status?: 'draft' | 'published' | undefined
  after: TimeCursor | null
  limit: number
}

export type MineRow = Awaited<ReturnType<typeof listByAuthor>>[number]

/** All articles of one author, last changed first. */
export function listByAuthor(db: Db, { authorId, status, after, limit }: MineValues) {
  return db
    .select(mineColumns)
    .from(articles)
    .where(
      and(
        eq(articles.authorId, authorId),
        status && eq(articles.status, status),
        after
          ? sql`(${articles.updatedAt}, ${articles.id}) < (${new Date(after[0]).toISOString()}::timestamptz, ${after[1]}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(articles.updatedAt), desc(articles.id))
    .limit(limit)
}

const factsByIds = prepared((db) =>
  db
    .select({ id: articles.id, authorId: articles.authorId, status: articles.status })
    .from(sql`unnest((select ${sql.placeholder('ids')}::uuid[])) as wanted (id)`)
    .innerJoin(articles, eq(articles.id, sql`wanted.id`))
    .prepare('article_facts'),
)

/** What decides who may see an article and respond to it, without its text. */
export const findArticleFacts = gathered(async (db, ids: string[]) => {
  const rows = await factsByIds(db).execute({ ids: [...new Set(ids)] })
  const found = new Map(rows.map((row) => [row.id, row]))
  return ids.map((id) => found.get(id) ?? null)
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

export async function listArticleTags(db: Queryable, articleId: string): Promise<string[]> {
  const rows = await db
    .select({ slug: tags.slug })
    .from(articleTags)
    .innerJoin(tags, eq(tags.id, articleTags.tagId))
    .where(eq(articleTags.articleId, articleId))
    .orderBy(articleTags.position)
  return rows.map((row) => row.slug)
}
