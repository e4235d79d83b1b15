import type { Page } from '@galley/contract/primitives'
import type { ArticleSummary } from '@galley/contract/publishing/articles'
import type { ListFavourites } from '@galley/contract/publishing/engagement'
import type { Db } from '@galley/db/client'
import { articles, favourites, users } from '@galley/db/schema'
import { countListed } from '@galley/platform/count-listed'
import {
  byId,
  byTime,
  comesAfter,
  inOrder,
  listSorted,
  type Order,
  reversed,
  type SortedStart,
} from '@galley/platform/order'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { articleList } from '../articles/list.ts'
import { isPublished, summaryColumns } from '../articles/queries.ts'
import type { AuthedCtx } from '../ctx.ts'

/** The caller's own favourites, by when they were added: nobody else sees them. Unpublished articles are left out. */
export function listFavourites(
  ctx: AuthedCtx,
  input: ListFavourites,
): Promise<Page<ArticleSummary>> {
  const userId = ctx.actor.user.id
  return listSorted(input, {
    orders: { newest: reversed(oldest), oldest },
    byDefault: 'newest',
    find: (start) => findFavourites(ctx.db, userId, start),
    count: () => countFavourites(ctx.db, userId),
    toItem: articleList.toItem,
  })
}

const oldest: Order<{ id: string; favouritedAt: Date }> = [
  byTime(favourites.createdAt, (row) => row.favouritedAt),
  byId(favourites.articleId, (row) => row.id),
]

const findFavourites = (db: Db, userId: string, { order, after, offset, limit }: SortedStart) =>
  db
    .select({ ...summaryColumns(sql`${userId}::uuid`), favouritedAt: favourites.createdAt })
    .from(favourites)
    .innerJoin(articles, eq(articles.id, favourites.articleId))
    .innerJoin(users, eq(users.id, articles.authorId))
    .where(and(isShown(userId), comesAfter(order, after)))
    .orderBy(...inOrder(order))
    .offset(offset)
    .limit(limit)

const isShown = (userId: string) => and(eq(favourites.userId, userId), isPublished)

function countFavourites(db: Db, userId: string): Promise<number> {
  const published = db.select({ id: articles.id }).from(articles).where(isPublished)
  const isCounted = and(eq(favourites.userId, userId), inArray(favourites.articleId, published))
  return countListed(db, favourites, isCounted)
}
