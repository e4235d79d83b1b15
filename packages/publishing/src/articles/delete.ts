import type { DeleteArticle } from '@galley/contract/publishing/articles'
import type { Deleted } from '@galley/contract/primitives'
import { articles } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { transact } from '@galley/platform/ctx'
import type { AuthedCtx } from '../ctx.ts'
import { setMediaUses } from '@galley/platform/media/uses'
import { emit } from '@galley/platform/events/emit'
import { authorize } from '@galley/platform/errors'
import { auditArticle, getArticleToChange } from './internal.ts'
import { canManageArticle } from './policy.ts'

/** Ends the article with its comments and favourites. */
export function deleteArticle(ctx: AuthedCtx, input: DeleteArticle): Promise<Deleted> {
  return transact(ctx, async (tx) => {
    const article = await getArticleToChange(ctx, tx, input)
    authorize(canManageArticle(ctx.actor, article))
    const subject = { kind: 'article', id: article.id, title: '', isPublic: false }
    await setMediaUses(ctx, tx, subject, { mediaIds: [], ownerIds: [] })
    await tx.delete(articles).where(eq(articles.id, article.id))
    await auditArticle(ctx, tx, 'deleted', { before: article })
    if (article.status === 'published') {
      await emit(ctx, tx, 'article.deleted', { articleId: article.id })
    }
    return { id: article.id }
  })
}
