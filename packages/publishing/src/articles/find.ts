import type { Queryable } from '@galley/db/client'
import { AppError, authorize, isAllowed } from '@galley/platform/errors'
import type { AuthedCtx, Ctx } from '../ctx.ts'
export type { ArticleFacts } from './policy.ts'
import { canReadSource, canRespond, canSeeArticle, type ArticleFacts } from './policy.ts'
import { findArticleFacts } from './queries.ts'

/** Whether the caller may know of an article whose facts another slice has read. */
export const isVisibleArticle = (ctx: Ctx, article: ArticleFacts) =>
  isAllowed(canSeeArticle(ctx.actor, article))

/** Throws where the caller may not read what others have written of an article, or may not know of it. */
export const authorizeSource = (ctx: Ctx, article: ArticleFacts) =>
  authorize(canReadSource(ctx.actor, article))

/** The article that the caller comments on or favours; throws where they may not, or may not know of it. */
export async function getArticleToRespond(
  ctx: AuthedCtx,
  db: Queryable,
  id: string,
): Promise<ArticleFacts & { id: string }> {
  const article = await findArticleFacts(db, id)
  if (!article) throw new AppError('article/not-found')
  authorize(canRespond(ctx.actor, article))
  return article
}

/**
 * Runs a statement that responds to an article where it is published, else resolves to null: the policy's other half is
 * asked before, and why nothing was written is looked up only then. Throws as `getArticleToRespond` does.
 */
export async function respondToArticle<Row>(
  ctx: AuthedCtx,
  articleId: string,
  write: () => Promise<Row | null>,
): Promise<Row> {
  const row = isAllowed(canRespond(ctx.actor, anyPublished)) ? await write() : null
  if (row !== null) return row
  await getArticleToRespond(ctx, ctx.db, articleId)
  // It was published this very moment.
  throw new AppError('article/not-published')
}

const anyPublished: ArticleFacts = { authorId: '', status: 'published' }
