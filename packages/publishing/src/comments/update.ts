import type { CommentView, UpdateComment } from '@galley/contract/publishing/comments'
import { comments } from '@galley/db/schema'
import { transact } from '@galley/platform/ctx'
import { authorize } from '@galley/platform/errors'
import { only } from '@galley/platform/rows'
import { eq } from 'drizzle-orm'
import type { AuthedCtx } from '../ctx.ts'
import { getCommentToChange, refuseBlank, renderedComment } from './internal.ts'
import { canEditComment } from './policy.ts'
import { toCommentView } from './view.ts'

/** Changes the text of the caller's own comment; the same text again does not count as an edit. */
export async function updateComment(ctx: AuthedCtx, input: UpdateComment): Promise<CommentView> {
  const rendered = await renderedComment(ctx, input.body)
  refuseBlank(ctx, rendered)
  return transact(ctx, async (tx) => {
    const comment = await getCommentToChange(ctx, tx, input.id)
    authorize(canEditComment(ctx.actor, comment))
    const editedAt = comment.body === input.body ? comment.editedAt : ctx.now()
    const change = { ...rendered, editedAt }
    const row = only(
      await tx.update(comments).set(change).where(eq(comments.id, comment.id)).returning(),
    )
    return toCommentView(ctx.actor, { ...comment, ...row })
  })
}
