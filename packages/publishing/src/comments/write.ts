import { randomUUIDv7 } from 'node:crypto'
import type { Deleted } from '@galley/contract/primitives'
import type {
  CommentById,
  CommentView,
  CreateComment,
  UpdateComment,
} from '@galley/contract/publishing/comments'
import type { Tx } from '@galley/db/client'
import { commentMentions, comments } from '@galley/db/schema'
import { actsForOthers } from '@galley/platform/actor'
import { recordAudit } from '@galley/platform/audit/record'
import { transact } from '@galley/platform/ctx'
import { AppError, authorize } from '@galley/platform/errors'
import { emit, emitWith } from '@galley/platform/events/emit'
import { only } from '@galley/platform/rows'
import { and, eq, isNotNull } from 'drizzle-orm'
import { commentOnArticle, commentsOpenSince } from '../articles/find.ts'
import type { AuthedCtx } from '../ctx.ts'
import { addComment } from './add.ts'
import { getCommentToChange, refuseBlank, renderedComment, toCommentView } from './internal.ts'
import {
  findMentioned,
  mentionedNames,
  refuseCrowd,
  replaceMentions,
  storedMentions,
} from './mentions.ts'
import { canDeleteComment, canEditComment } from './policy.ts'
import { refuseUnwanted } from './moderation.ts'
import { type CommentRow, lockArticleOf } from './queries.ts'

/** Adds a comment to a published article, or a reply to one of its comments. */
export async function createComment(ctx: AuthedCtx, input: CreateComment): Promise<CommentView> {
  const { articleId, parentId } = input
  const people = await findMentioned(ctx.db, mentionedNames(input.body))
  const { columns, mentioned } = await renderedComment(ctx, input.body, people)
  refuseBlank(ctx, columns)
  refuseCrowd(mentioned)
  refuseUnwanted(ctx, columns)
  const { user } = ctx.actor
  const openSince = commentsOpenSince(ctx)
  const id = randomUUIDv7()
  const comment = { ...columns, id, articleId, authorId: user.id, createdAt: ctx.now() }
  const added = await commentOnArticle(ctx, articleId, () =>
    emitWith(ctx, 'comment.created', { commentId: id, articleId }, (db, event) =>
      addComment(db, { ...comment, parentId, mentioned, openSince, ...event }),
    ),
  )
  if (!added) {
    // The article takes comments, so it is the one that was to be replied to; or it does since this very moment.
    throw new AppError(parentId === undefined ? 'article/not-published' : 'comment/not-found')
  }
  return toCommentView(ctx, {
    ...comment,
    parentId: added.thread?.id ?? null,
    answers: added.thread?.answers ?? null,
    replyCount: 0,
    editedAt: null,
    deletedAt: null,
    author: user,
    articleAuthorId: added.articleAuthorId,
    articleBylineIds: added.articleBylineIds,
    articleStatus: 'published',
    commentsClosed: false,
    articlePublishedAt: null,
  })
}

/** Changes the text of the caller's own comment; the same text again does not count as an edit. */
export async function updateComment(ctx: AuthedCtx, input: UpdateComment): Promise<CommentView> {
  const { columns, mentioned } = await renderedChange(ctx, input)
  refuseBlank(ctx, columns)
  refuseCrowd(mentioned)
  return transact(ctx, async (tx) => {
    const comment = await getCommentToChange(ctx, tx, input.id)
    authorize(canEditComment(ctx.actor, comment, ctx.now()))
    // Whom it did not mention before, its text does not mention again.
    if (comment.body === input.body) return toCommentView(ctx, comment)
    refuseUnwanted(ctx, columns)
    const change = { ...columns, editedAt: ctx.now() }
    const row = only(
      await tx
        .update(comments)
        .set(change)
        .where(eq(comments.id, comment.id))
        .returning({ ...renderedColumns, editedAt: comments.editedAt }),
    )
    if ([comment, input].some(({ body }) => mentionedNames(body).length > 0)) {
      await replaceMentions(tx, comment.id, mentioned)
    }
    await emit(ctx, tx, 'comment.updated', idsOf(comment))
    return toCommentView(ctx, { ...comment, ...row })
  })
}

const renderedColumns = {
  body: comments.body,
  bodyHtml: comments.bodyHtml,
  renderVersion: comments.renderVersion,
}

/** A name that the comment holds already means who was meant by it, whoever has it now. */
async function renderedChange(ctx: AuthedCtx, { id, body }: UpdateComment) {
  const names = mentionedNames(body)
  const stored = names.length > 0 ? await storedMentions(ctx.db, id) : []
  const known = new Set(stored.map(({ name }) => name))
  const others = await findMentioned(
    ctx.db,
    names.filter((name) => !known.has(name)),
  )
  return renderedComment(ctx, body, [...stored, ...others])
}

/**
 * Deletes a comment: its author, those who write the article, or an editor. One that has replies keeps its place, without its
 * author and its text, until the last of them is gone.
 */
export function deleteComment(ctx: AuthedCtx, input: CommentById): Promise<Deleted> {
  return transact(ctx, async (tx) => {
    await lockArticleOf(tx, input.id)
    const comment = await getCommentToChange(ctx, tx, input.id)
    authorize(canDeleteComment(ctx.actor, comment))
    await (comment.replyCount > 0 ? empty(tx, comment.id, ctx.now()) : remove(tx, comment))
    const { authorId, articleId, body } = comment
    if (authorId !== null && actsForOthers(ctx.actor, { authorId })) {
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

async function empty(tx: Tx, id: string, deletedAt: Date): Promise<void> {
  await tx.delete(commentMentions).where(eq(commentMentions.commentId, id))
  await tx
    .update(comments)
    .set({ authorId: null, body: '', bodyHtml: '', editedAt: null, deletedAt })
    .where(eq(comments.id, id))
}

async function remove(tx: Tx, { id, parentId }: CommentRow): Promise<void> {
  await tx.delete(comments).where(eq(comments.id, id))
  if (parentId === null) return
  await tx
    .delete(comments)
    .where(
      and(eq(comments.id, parentId), isNotNull(comments.deletedAt), eq(comments.replyCount, 0)),
    )
}

const idsOf = ({ id, articleId }: { id: string; articleId: string }) => ({
  commentId: id,
  articleId,
})
