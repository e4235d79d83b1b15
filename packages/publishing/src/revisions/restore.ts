import type { ArticleSource } from '@galley/contract/publishing/articles'
import type { RestoreRevision } from '@galley/contract/publishing/revisions'
import { changeArticle } from '../articles/update.ts'
import type { AuthedCtx } from '../ctx.ts'
import { getReadableRevision } from './internal.ts'

/** Gives an article the text of an earlier revision, as a new one: like any other change of it. */
export async function restoreRevision(
  ctx: AuthedCtx,
  { id, version, reason }: RestoreRevision,
): Promise<ArticleSource> {
  const { revision } = await getReadableRevision(ctx, id)
  const { title, description, body, coverUrl, coverMediaId, coverFocus, language, tags } = revision
  return changeArticle(
    ctx,
    { id: revision.articleId, version },
    { title, description, body, coverUrl, coverMediaId, coverFocus, language, tags },
    { cause: 'restored', reason, restoredVersion: revision.version },
  )
}
