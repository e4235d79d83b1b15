import { events, type EventPayload } from '@galley/contract/events'
import { articles, commentMentions, comments } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { transact } from '@galley/platform/ctx'
import { notify } from '@galley/platform/notifications/notify'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { isPublished, writerIds } from '../articles/queries.ts'
import type { Ctx } from '../ctx.ts'

type CommentCreated = EventPayload<'comment.created'>

export const tellOfComment: JobDefinition<CommentCreated> = {
  name: 'comments.tell-of-comment',
  payload: events['comment.created'],
}

/**
 * Tells of a comment whom it answers, whom it mentions, and those who write the article: each person once, by the first of
 * these that they want to hear of. One that is gone by now, or that nobody else can read, is told to nobody.
 */
export async function notifyOfComment(ctx: Ctx, { commentId }: CommentCreated): Promise<void> {
  const comment = await findComment(ctx, commentId)
  if (!comment?.authorId) return
  const { authorId: actorId, articleId: contextId, answeredId, mentionedIds } = comment
  const about = { actorId, contextId, subject: { kind: 'comment', id: commentId } }
  await transact(ctx, async (tx) => {
    const answered = answeredId === null ? [] : [answeredId]
    await notify(
      ctx,
      tx,
      answered.map((userId) => ({ ...about, userId, kind: 'reply' })),
    )
    await notify(
      ctx,
      tx,
      mentionedIds.map((userId) => ({ ...about, userId, kind: 'mention', unless: ['reply'] })),
    )
    await notify(
      ctx,
      tx,
      comment.writerIds.map((userId) => ({
        ...about,
        userId,
        kind: 'comment',
        // Who was mentioned before an edit sees no more of that.
        unless: mentionedIds.includes(userId) ? ['reply', 'mention'] : ['reply'],
      })),
    )
  })
}

const answered = alias(comments, 'answered')

async function findComment(ctx: Ctx, id: string) {
  const mentioned = ctx.db
    .select({ userId: commentMentions.userId })
    .from(commentMentions)
    .where(eq(commentMentions.commentId, comments.id))
  const [row] = await ctx.db
    .select({
      articleId: comments.articleId,
      authorId: comments.authorId,
      answeredId: answered.authorId,
      mentionedIds: sql<string[]>`array(${mentioned})`,
      writerIds,
    })
    .from(comments)
    .innerJoin(articles, eq(articles.id, comments.articleId))
    .leftJoin(answered, eq(answered.id, sql`coalesce(${comments.answersId}, ${comments.parentId})`))
    .where(and(eq(comments.id, id), isNull(comments.deletedAt), isPublished))
  return row
}
