import type { ArticleById, ArticleSource } from '@galley/contract/publishing/articles'
import { AppError, authorize } from '@galley/platform/errors'
import type { AuthedCtx } from '../ctx.ts'
import { canReadSource } from './policy.ts'
import { findArticle } from './queries.ts'
import { toArticleSource } from './view.ts'

/** The Markdown of one article, for those who may edit it. */
export async function getArticleSource(ctx: AuthedCtx, input: ArticleById): Promise<ArticleSource> {
  const row = await findArticle(ctx.db, input.id)
  if (!row) throw new AppError('article/not-found')
  authorize(canReadSource(ctx.actor, row))
  return toArticleSource(ctx.actor, row)
}
