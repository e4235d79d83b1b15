import type { Deleted } from '@galley/contract/primitives'
import type { CommentById } from '@galley/contract/publishing/comments'
import { comments } from '@galley/db/schema'
import { actsForOthers } from '@galley/platform/actor'
import { recordAudit } from '@galley/platform/audit/record'
import { transact } from '@galley/platform/ctx'
import { authorize } from '@galley/platform/errors'
import { eq } from 'drizzle-orm'
import type { AuthedCtx } from '../ctx.ts'
import { getCommentToChange } from './internal.ts'
import { canDeleteComment } from './policy.ts'
import { lockArticleOf } from './queries.ts'

/** Takes a comment away: its author, the author of the article, or an editor. */
export function deleteComment(ctx: AuthedCtx, input: CommentById): Promise<Deleted> {
  return transact(ctx, async (tx) => {
    await lockArticleOf(tx, input.id)
    const comment = await getCommentToChange(ctx, tx, input.id)
    authorize(canDeleteComment(ctx.actor, comment))
    await tx.delete(comments).where(eq(comments.id, comment.id))
    if (actsForOthers(ctx.actor, comment)) {
      const { authorId, articleId, body } = comment
      await recordAudit(ctx, tx, {
        action: 'comment.deleted',
        target: { type: 'comment', id: comment.id },
        before: { authorId, articleId, body },
      })
    }
    return { id: comment.id }
  })
}
