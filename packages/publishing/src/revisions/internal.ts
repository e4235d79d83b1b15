import { AppError } from '@galley/platform/errors'
import { authorizeSource, isVisibleArticle } from '../articles/find.ts'
import { findArticleFacts } from '../articles/queries.ts'
import type { AuthedCtx } from '../ctx.ts'
import { findRevision, type RevisionRow } from './queries.ts'

/** One text of an article, for those who may edit it; throws not-found where they may not know of the article. */
export async function getReadableRevision(ctx: AuthedCtx, id: string) {
  const revision: RevisionRow | null = await findRevision(ctx.db, id)
  const article = revision && (await findArticleFacts(ctx.db, revision.articleId))
  if (!article || !isVisibleArticle(ctx, article)) throw new AppError('revision/not-found')
  authorizeSource(ctx, article)
  return { revision, article }
}
