import type { Queryable } from '@galley/db/client'
import { isActive } from '@galley/platform/actor'
import { AppError, authorize } from '@galley/platform/errors'
import type { AuthedCtx, Ctx } from '../ctx.ts'
import { canRespond, canSeeArticle, type ArticleFacts } from './policy.ts'
import { findArticle, findArticleFacts, type ArticleRow } from './queries.ts'

/** The article, or null where there is none that the caller may know of. */
export async function findVisibleArticle(
  ctx: Ctx,
  db: Queryable,
  id: string,
): Promise<ArticleRow | null> {
  const article = await findArticle(db, id)
  return article && canSeeArticle(ctx.actor, article) ? article : null
}

/** Whether the caller may know of an article whose facts another slice has read. */
export const isVisibleArticle = (ctx: Ctx, article: ArticleFacts) =>
  canSeeArticle(ctx.actor, article)

/** The article that the caller comments on or favours; throws where they may not, or may not know of it. */
export async function getArticleToRespond(
  ctx: AuthedCtx,
  db: Queryable,
  id: string,
): Promise<ArticleFacts & { id: string }> {
  const article = await findArticleFacts(db, id)
  if (!article || !canSeeArticle(ctx.actor, article)) throw new AppError('article/not-found')
  authorize(isActive(ctx.actor), 'user/suspended')
  authorize(canRespond(ctx.actor, article), 'article/not-published')
  return article
}
