import type { Page } from '@galley/contract/primitives'
import type { ArticleSummary } from '@galley/contract/publishing/articles'
import type { ListFavourites } from '@galley/contract/publishing/engagement'
import type { Db } from '@galley/db/client'
import { articles, favourites, users } from '@galley/db/schema'
import { listPage, olderThan, placeAt, type Start } from '@galley/platform/cursor'
import { and, count, desc, eq, sql } from 'drizzle-orm'
import { articlePage } from '../articles/list.ts'
import { isPublished, summaryColumns } from '../articles/queries.ts'
import type { AuthedCtx } from '../ctx.ts'

/** The caller's own favourites, last added first: nobody else sees them. Unpublished articles are left out. */
export function listFavourites(
  ctx: AuthedCtx,
  input: ListFavourites,
): Promise<Page<ArticleSummary>> {
  const userId = ctx.actor.user.id
  return listPage(input, {
    ...articlePage,
    find: (start) => findFavourites(ctx.db, userId, start),
    count: () => countFavourites(ctx.db, userId),
    toCursor: (row) => placeAt(row.favouritedAt, row.id),
  })
}

const findFavourites = (db: Db, userId: string, { after, offset, limit }: Start) =>
  db
    .select({ ...summaryColumns(sql`${userId}::uuid`), favouritedAt: favourites.createdAt })
    .from(favourites)
    .innerJoin(articles, eq(articles.id, favourites.articleId))
    .innerJoin(users, eq(users.id, articles.authorId))
    .where(and(isShown(userId), olderThan([favourites.createdAt, favourites.articleId], after)))
    .orderBy(desc(favourites.createdAt), desc(favourites.articleId))
    .offset(offset)
    .limit(limit)

async function countFavourites(db: Db, userId: string): Promise<number> {
  const [row] = await db
    .select({ total: count() })
    .from(favourites)
    .innerJoin(articles, eq(articles.id, favourites.articleId))
    .where(isShown(userId))
  return row?.total ?? 0
}

const isShown = (userId: string) => and(eq(favourites.userId, userId), isPublished)
