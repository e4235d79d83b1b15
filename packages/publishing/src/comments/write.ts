import { randomUUIDv7 } from 'node:crypto'
import type { Deleted } from '@galley/contract/primitives'
import type {
  CommentById,
  CommentView,
  CreateComment,
  UpdateComment,
} from '@galley/contract/publishing/comments'
import { comments } from '@galley/db/schema'
import { actsForOthers } from '@galley/platform/actor'
import { recordAudit } from '@galley/platform/audit/record'
import { transact } from '@galley/platform/ctx'
import { authorize } from '@galley/platform/errors'
import { emit, emitWith } from '@galley/platform/events/emit'
import { only } from '@galley/platform/rows'
import { eq } from 'drizzle-orm'
import { respondToArticle } from '../articles/find.ts'
import type { AuthedCtx } from '../ctx.ts'
import { getCommentToChange, refuseBlank, renderedComment, toCommentView } from './internal.ts'
import { canDeleteComment, canEditComment } from './policy.ts'
import { insertComment, lockArticleOf } from './queries.ts'

/** Adds a comment to a published article. */
export async function createComment(ctx: AuthedCtx, input: CreateComment): Promise<CommentView> {
  const rendered = await renderedComment(ctx, input.body)
  refuseBlank(ctx, rendered)
  const { user } = ctx.actor
  const { articleId } = input
  const id = randomUUIDv7()
  const comment = { ...rendered, id, articleId, authorId: user.id, createdAt: ctx.now() }
  const { articleAuthorId, articleBylineIds } = await respondToArticle(ctx, articleId, () =>
    emitWith(ctx, 'comment.created', { commentId: id, articleId }, (db, event) =>
      insertComment(db, { ...comment, ...event }),
    ),
  )
  return toCommentView(ctx.actor, {
    ...comment,
    editedAt: null,
    author: user,
    articleAuthorId,
    articleBylineIds,
    articleStatus: 'published',
  })
}

/** Changes the text of the caller's own comment; the same text again does not count as an edit. */
export async function updateComment(ctx: AuthedCtx, input: UpdateComment): Promise<CommentView> {
  const rendered = await renderedComment(ctx, input.body)
  refuseBlank(ctx, rendered)
  return transact(ctx, async (tx) => {
    const comment = await getCommentToChange(ctx, tx, input.id)
    authorize(canEditComment(ctx.actor, comment))
    const isChanged = comment.body !== input.body
    const change = { ...rendered, editedAt: isChanged ? ctx.now() : comment.editedAt }
    const row = only(
      await tx.update(comments).set(change).where(eq(comments.id, comment.id)).returning(),
    )
    if (isChanged) await emit(ctx, tx, 'comment.updated', idsOf(comment))
    return toCommentView(ctx.actor, { ...comment, ...row })
  })
}

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
    await emit(ctx, tx, 'comment.deleted', idsOf(comment))
    return { id: comment.id }
  })
}

const idsOf = ({ id, articleId }: { id: string; articleId: string }) => ({
  commentId: id,
  articleId,
})
