import type { ArticleById, CommentsState } from '@galley/contract/publishing/articles'
import { articles } from '@galley/db/schema'
import { recordAudit } from '@galley/platform/audit/record'
import { transact } from '@galley/platform/ctx'
import { authorize } from '@galley/platform/errors'
import { emit } from '@galley/platform/events/emit'
import { eq } from 'drizzle-orm'
import type { AuthedCtx } from '../ctx.ts'
import { getArticleToChange } from './internal.ts'
import { canCloseComments } from './policy.ts'

/** Has an article take no further comments; those that it has stay. Once it is closed, that is no change. */
export const closeComments = (ctx: AuthedCtx, input: ArticleById) => setClosed(ctx, input, true)

/** Has it take comments again. */
export const openComments = (ctx: AuthedCtx, input: ArticleById) => setClosed(ctx, input, false)

function setClosed(
  ctx: AuthedCtx,
  { id }: ArticleById,
  commentsClosed: boolean,
): Promise<CommentsState> {
  return transact(ctx, async (tx) => {
    const article = await getArticleToChange(ctx, tx, { id })
    authorize(canCloseComments(ctx.actor, article))
    if (article.commentsClosed === commentsClosed) return { id, commentsClosed }
    // Its version is that of its text, and stays.
    await tx.update(articles).set({ commentsClosed }).where(eq(articles.id, id))
    const happened = `article.comments-${commentsClosed ? 'closed' : 'opened'}` as const
    const { authorId, slug, title } = article
    await recordAudit(ctx, tx, {
      action: happened,
      target: { type: 'article', id },
      before: { authorId, slug, title },
    })
    if (article.status === 'published') await emit(ctx, tx, happened, { articleId: id })
    return { id, commentsClosed }
  })
}
