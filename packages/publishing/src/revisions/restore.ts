import type { ArticleSource } from '@galley/contract/publishing/articles'
import type { RestoreRevision } from '@galley/contract/publishing/revisions'
import { mayUseMedia } from '@galley/platform/media/uses'
import type { ArticleFacts } from '../articles/find.ts'
import { ownersOf } from '../articles/pictures.ts'
import { changeArticle } from '../articles/update.ts'
import type { AuthedCtx } from '../ctx.ts'
import { getReadableRevision } from './internal.ts'
import type { RevisionRow } from './queries.ts'

/**
 * Gives an article the text of an earlier revision, as a new one: like any other change of it. A cover that it may not use by
 * now is left out, as pictures in the text are.
 */
export async function restoreRevision(
  ctx: AuthedCtx,
  { id, version, reason }: RestoreRevision,
): Promise<ArticleSource> {
  const { revision, article } = await getReadableRevision(ctx, id)
  const { title, description, body, coverUrl, coverFocus, language, tags } = revision
  const coverMediaId = await usableCover(ctx, article, revision)
  return changeArticle(
    ctx,
    { id: revision.articleId, version },
    { title, description, body, coverUrl, coverMediaId, coverFocus, language, tags },
    { cause: 'restored', reason, restoredVersion: revision.version },
  )
}

async function usableCover(
  ctx: AuthedCtx,
  { id, authorId }: ArticleFacts & { id: string },
  { coverMediaId }: RevisionRow,
): Promise<string | null> {
  if (coverMediaId === null) return null
  const by = { ownerIds: ownersOf(ctx, authorId), usedBy: id }
  return (await mayUseMedia(ctx.db, coverMediaId, by)) ? coverMediaId : null
}
