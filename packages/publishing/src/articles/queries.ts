import type { Db, Queryable, Tx } from '@galley/db/client'
import { batched, alignByKey } from '@galley/db/batched'
import { prepared } from '@galley/db/prepared'
import { articles, favourites, users } from '@galley/db/schema'
import { comesAfter, inOrder, type SortedStart } from '@galley/platform/order'
import { bylineColumns, type toByline } from '@galley/platform/users/queries'
import { and, eq, inArray, sql, type Placeholder, type SQL } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import { pictureOf } from '@galley/platform/media/get'

export type Viewer = { viewer: string | null }

/**
 * Written out: as a parameter it would keep the server from one plan for all, since a plan that does not know the value
 * cannot use the indexes of what is published.
 */
export const isPublished = sql`${articles.status} = 'published'`

/** What everybody may read. */
export const isReadable = sql`${articles.status} in ('published', 'archived')`

/** In SQL what `canEditArticle` decides of the person and the article that a statement joins. */
export const mayEdit = sql`${users.status} = 'active' and ${articles.status} <> 'trashed'
  and (${users.role} in ('editor', 'admin')
    or ((${users.id} = ${articles.authorId} or ${users.id} = any(${articles.bylineIds}))
      and (${users.role} = 'author' or ${articles.status} in ('draft', 'in_review'))))`

/** What is not in the trash. */
export const isKept = sql`${articles.status} <> 'trashed'`

/** Of the few articles that several people wrote: all of them, in their order. Of others nothing is looked up. */
const bylineOfSeveral = sql<BylineRow[] | null>`case when ${articles.bylineIds} <> '{}' then
  (select jsonb_agg(jsonb_build_object('username', ${users.username}, 'displayName', ${users.displayName},
    'avatarMediaId', ${users.avatarMediaId}) order by listed.place)
  from unnest(${articles.bylineIds}) with ordinality as listed (id, place)
  join ${users} on ${users.id} = listed.id) end`

type BylineRow = Parameters<typeof toByline>[0]

/** Without a viewer, nobody's favourites are looked through. */
export const summaryColumns = (viewer: SQL | null) => ({
  id: articles.id,
  slug: articles.slug,
  title: articles.title,
  description: articles.description,
  coverUrl: articles.coverUrl,
  coverPicture: pictureOf(articles.coverMediaId),
  coverFocus: articles.coverFocus,
  language: sql<string | null>`coalesce(${articles.language}, ${articles.detectedLanguage})`,
  author: bylineColumns,
  byline: bylineOfSeveral,
  tags: articles.tagSlugs,
  publishedAt: articles.publishedAt,
  words: articles.words,
  favouriteCount: articles.favouriteCount,
  commentCount: articles.commentCount,
  favourited: viewer ? isFavourite(viewer) : sql<boolean>`false`,
})

/** Not by `exists`: for a page whose length it does not know, the planner would read all favourites of the viewer. */
const isFavourite = (viewer: SQL) => sql<boolean>`coalesce((select true from ${favourites}
  where ${favourites.articleId} = ${articles.id} and ${favourites.userId} = ${viewer}), false)`

export const idOf = (db: Queryable, username: string | Placeholder) =>
  db.select({ id: users.id }).from(users).where(eq(users.username, username))

/** Of a person who is not the article's author, and writes it along. */
export const isWrittenAlong = (userId: string) =>
  sql`(${articles.bylineIds} <> '{}' and ${articles.bylineIds} @> array[${userId}]::uuid[] and ${articles.authorId} <> ${userId}::uuid)`

/** Of a person who writes the article, alone or along with others. */
export function isWrittenBy(db: Queryable, username: string) {
  const id = sql`(${idOf(db, username)})`
  return sql`(${articles.authorId} = ${id} or (${articles.bylineIds} <> '{}' and ${articles.bylineIds} @> array[${id}]))`
}

const mineColumns = {
  id: articles.id,
  authorId: articles.authorId,
  bylineIds: articles.bylineIds,
  slug: articles.slug,
  title: articles.title,
  description: articles.description,
  status: articles.status,
  version: articles.version,
  publishedAt: articles.publishedAt,
  updatedAt: articles.updatedAt,
  scheduledAt: articles.scheduledAt,
  scheduledZone: articles.scheduledZone,
  notice: articles.notice,
  deletedAt: articles.deletedAt,
  words: articles.words,
  language: articles.language,
  detectedLanguage: articles.detectedLanguage,
  tagSlugs: articles.tagSlugs,
  commentsClosed: articles.commentsClosed,
  author: bylineColumns,
  byline: bylineOfSeveral,
}

/** Articles of any status that fulfil a condition. */
export const listByChange = (
  db: Db,
  isWanted: SQL | undefined,
  { order, after, offset, limit }: SortedStart,
) =>
  db
    .select(mineColumns)
    .from(articles)
    .innerJoin(users, eq(users.id, articles.authorId))
    .where(and(isWanted, comesAfter(order, after)))
    .orderBy(...inOrder(order))
    .offset(offset)
    .limit(limit)

/** The first that fulfil one of two conditions, which no article fulfils both: as many of each are read by its own index. */
export const isFirstOf = (
  db: Db,
  [one, other]: readonly [SQL | undefined, SQL | undefined],
  { order, after, offset, limit }: SortedStart,
) => {
  const firstIds = (condition: SQL | undefined) =>
    db
      .select({ id: articles.id })
      .from(articles)
      .where(and(condition, comesAfter(order, after)))
      .orderBy(...inOrder(order))
      .limit(offset + limit)
  return inArray(articles.id, unionAll(firstIds(one), firstIds(other)))
}

/** All who write an article: its author, and those who write it along. */
export const writerIds = sql<
  string[]
>`array_append(array_remove(${articles.bylineIds}, ${articles.authorId}), ${articles.authorId})`

const factsByIds = prepared((db) =>
  db
    .select({
      id: articles.id,
      authorId: articles.authorId,
      bylineIds: articles.bylineIds,
      status: articles.status,
      commentsClosed: articles.commentsClosed,
      publishedAt: articles.publishedAt,
    })
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
