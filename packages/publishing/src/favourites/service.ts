import type { ArticleSummary } from '@galley/contract/publishing/articles'
import type {
  FavouriteArticle,
  FavouriteView,
  ListFavourites,
} from '@galley/contract/publishing/favourites'
import type { Page } from '@galley/contract/primitives'
import type { Tx } from '@galley/db/client'
import { favourites } from '@galley/db/schema'
import { and, count, eq } from 'drizzle-orm'
import { getArticleToRespond, listFavouriteArticles } from '../articles/service.ts'
import { transact } from '@galley/platform/ctx'
import type { AuthedCtx } from '../ctx.ts'
import { only } from '@galley/platform/rows'

/** The caller's own favourites, last added first: nobody else sees them. What is taken back is left out. */
export function listFavourites(
  ctx: AuthedCtx,
  input: ListFavourites,
): Promise<Page<ArticleSummary>> {
  return listFavouriteArticles(ctx, input)
}

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
      .select({ favouriteCount: count() })
      .from(favourites)
      .where(eq(favourites.articleId, articleId)),
  )
  return { articleId, favourited, favouriteCount }
}
