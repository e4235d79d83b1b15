import type { ArticleAtVersion } from '@galley/contract/publishing/articles'
import type { Tx } from '@galley/db/client'
import { isActive } from '@galley/platform/actor'
import type { AuthedCtx } from '../../ctx.ts'
import { AppError, authorize } from '@galley/platform/errors'
import { canEditArticle, canSeeArticle } from '../policy.ts'
import { findArticleForUpdate, type ArticleRow } from '../queries.ts'

type Wanted = Omit<ArticleAtVersion, 'version'> & Partial<Pick<ArticleAtVersion, 'version'>>

/**
 * The article, locked, for a caller who may edit it.
 * Throws not-found where the caller may not see it, forbidden, or stale-version where `version` is not the stored one.
 */
export async function getArticleToChange(
  ctx: AuthedCtx,
  tx: Tx,
  wanted: Wanted,
): Promise<ArticleRow> {
  const article = await findArticleForUpdate(tx, wanted.id)
  if (!article || !canSeeArticle(ctx.actor, article)) throw new AppError('article/not-found')
  authorize(isActive(ctx.actor), 'user/suspended')
  authorize(canEditArticle(ctx.actor, article), 'article/forbidden')
  const { version = 'any' } = wanted
  if (version !== 'any' && version !== article.version) throw new AppError('article/stale-version')
  return article
}
