import type { Page } from '@galley/contract/primitives'
import type { ArticleSummary } from '@galley/contract/publishing/articles'
import type { ListFavourites } from '@galley/contract/publishing/favourites'
import type { Db } from '@galley/db/client'
import { articles, favourites, users } from '@galley/db/schema'
import { decodeCursor, TimeCursor } from '@galley/platform/cursor'
import { and, desc, eq, sql } from 'drizzle-orm'
import { toArticlePage } from '../articles/list.ts'
import { isAfter, isPublished, summaryColumns } from '../articles/queries.ts'
import type { AuthedCtx } from '../ctx.ts'

/** The caller's own favourites, last added first: nobody else sees them. Unpublished articles are left out. */
export async function listFavourites(
  ctx: AuthedCtx,
  input: ListFavourites,
): Promise<Page<ArticleSummary>> {
  const after = decodeCursor(TimeCursor, input.cursor)
  const { limit } = input
  const viewer = ctx.actor.user.id
  const rows = await listFavouritesOf(ctx.db, { viewer, after, limit: limit + 1 })
  return toArticlePage(rows, limit, (row) => row.favouritedAt)
}

type FavouriteValues = { viewer: string; after: TimeCursor | null; limit: number }

function listFavouritesOf(db: Db, { viewer, after, limit }: FavouriteValues) {
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
