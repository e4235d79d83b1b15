import { events, type EventPayload } from '@galley/contract/events'
import { articles, comments } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { transact } from '@galley/platform/ctx'
import { notify } from '@galley/platform/notifications/notify'
import { eq } from 'drizzle-orm'
import { writerIds } from '../articles/queries.ts'
import type { Ctx } from '../ctx.ts'

type CommentCreated = EventPayload<'comment.created'>

export const tellOfComment: JobDefinition<CommentCreated> = {
  name: 'comments.tell-of-comment',
  payload: events['comment.created'],
}

/** Tells those who write an article of a comment on it, unless it is gone by now. */
export async function notifyOfComment(ctx: Ctx, { commentId }: CommentCreated): Promise<void> {
  const [comment] = await ctx.db
    .select({
      articleId: comments.articleId,
      authorId: comments.authorId,
      writerIds,
    })
    .from(comments)
    .innerJoin(articles, eq(articles.id, comments.articleId))
    .where(eq(comments.id, commentId))
  // Gone meanwhile, or emptied for its replies.
  if (!comment?.authorId) return
  const { authorId: actorId } = comment
  await transact(ctx, (tx) =>
    notify(
      ctx,
      tx,
      comment.writerIds.map((userId) => ({
        userId,
        kind: 'comment',
        actorId,
        subject: { kind: 'comment', id: commentId },
        contextId: comment.articleId,
      })),
    ),
  )
}
