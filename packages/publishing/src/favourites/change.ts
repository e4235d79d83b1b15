import type { FavouriteArticle, FavouriteView } from '@galley/contract/publishing/favourites'
import type { Tx } from '@galley/db/client'
import { articles, favourites } from '@galley/db/schema'
import { transact } from '@galley/platform/ctx'
import { only } from '@galley/platform/rows'
import { and, eq } from 'drizzle-orm'
import { getArticleToRespond } from '../articles/find.ts'
import type { AuthedCtx } from '../ctx.ts'

/** Adds an article to the caller's favourites. */
export function createFavourite(ctx: AuthedCtx, input: FavouriteArticle): Promise<FavouriteView> {
  return transact(ctx, async (tx) => {
    const article = await getArticleToRespond(ctx, tx, input.articleId)
    await tx
      .insert(favourites)
      .values({ articleId: article.id, userId: ctx.actor.user.id, createdAt: ctx.now() })
      .onConflictDoNothing()
    return toFavouriteView(tx, article.id, true)
  })
}

/** Takes an article from the caller's favourites. */
export function deleteFavourite(ctx: AuthedCtx, input: FavouriteArticle): Promise<FavouriteView> {
  return transact(ctx, async (tx) => {
    const article = await getArticleToRespond(ctx, tx, input.articleId)
    await tx
      .delete(favourites)
      .where(and(eq(favourites.articleId, article.id), eq(favourites.userId, ctx.actor.user.id)))
    return toFavouriteView(tx, article.id, false)
  })
}

async function toFavouriteView(
  tx: Tx,
  articleId: string,
  favourited: boolean,
): Promise<FavouriteView> {
  const { favouriteCount } = only(
    await tx
      .select({ favouriteCount: articles.favouriteCount })
      .from(articles)
      .where(eq(articles.id, articleId)),
  )
  return { articleId, favourited, favouriteCount }
}
