import type { Db, Queryable, Tx } from '@galley/db/client'
import { batched, alignByKey } from '@galley/db/batched'
import { prepared } from '@galley/db/prepared'
import { articles, articleTags, comments, favourites, tags, users } from '@galley/db/schema'
import { and, desc, eq, ne, sql, type SQL } from 'drizzle-orm'
import type { TimeCursor } from '@galley/platform/cursor'

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

export const findArticleBySlug = batched(
  async (db, keys: readonly (Viewer & { slug: string })[]) => {
    const slugs = keys.map(({ slug }) => slug)
    const viewers = keys.map(({ viewer }) => viewer)
    const rows = await bySlug(db).execute({ slugs, viewers })
    const places = keys.map((_, at) => at + 1)
    return alignByKey(places, rows, ({ place }) => place)
  },
)

type FavouriteValues = { viewer: string; after: TimeCursor | null; limit: number }

/** What is out of the viewer's favourites, last added first. */
export function listFavouritesOf(db: Db, { viewer, after, limit }: FavouriteValues) {
  const place = sql`(${favourites.createdAt}, ${favourites.articleId})`
  return db
    .select({ ...summaryColumns(sql`${viewer}::uuid`), favouritedAt: favourites.createdAt })
    .from(favourites)
    .innerJoin(articles, eq(articles.id, favourites.articleId))
    .innerJoin(users, eq(users.id, articles.authorId))
    .where(and(eq(favourites.userId, viewer), isPublished, isAfter(place, after)))
    .orderBy(desc(favourites.createdAt), desc(favourites.articleId))
    .limit(limit)
}

const isAfter = (place: SQL, after: TimeCursor | null) =>
  after
    ? sql`${place} < (${new Date(after[0]).toISOString()}::timestamptz, ${after[1]}::uuid)`
    : undefined

type DraftValues = {
  /** Whose drafts are left out. */
  viewer: string
  author?: string | undefined
  after: TimeCursor | null
  limit: number
}

/** Drafts of everybody but the viewer, last changed first. */
export function listDraftsOfOthers(
  db: Db,
  { viewer, author: username, after, limit }: DraftValues,
) {
  return db
    .select({ ...mineColumns, author })
    .from(articles)
    .innerJoin(users, eq(users.id, articles.authorId))
    .where(
      and(
        eq(articles.status, sql`'draft'`),
        ne(articles.authorId, viewer),
        username === undefined ? undefined : eq(users.username, username),
        isAfter(sql`(${articles.updatedAt}, ${articles.id})`, after),
      ),
    )
    .orderBy(desc(articles.updatedAt), desc(articles.id))
    .limit(limit)
}

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
        isAfter(sql`(${articles.updatedAt}, ${articles.id})`, after),
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

export async function listArticleTags(db: Queryable, articleId: string): Promise<string[]> {
  const rows = await db
    .select({ slug: tags.slug })
    .from(articleTags)
    .innerJoin(tags, eq(tags.id, articleTags.tagId))
    .where(eq(articleTags.articleId, articleId))
    .orderBy(articleTags.position)
  return rows.map((row) => row.slug)
}
