import { randomUUIDv7 } from 'node:crypto'
import type {
  CommentById,
  CommentView,
  CreateComment,
  ListComments,
  UpdateComment,
} from '@galley/contract/publishing/comments'
import type { Deleted, Page } from '@galley/contract/primitives'
import type { Tx } from '@galley/db/client'
import { comments } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { actsForOthers, isActive } from '@galley/platform/actor'
import { findVisibleArticle, getArticleToRespond, isVisibleArticle } from '../articles/service.ts'
import { recordAudit } from '@galley/platform/audit/service'
import { transact } from '@galley/platform/ctx'
import type { AuthedCtx, Ctx } from '../ctx.ts'
import { decodeCursor, pageOf, TimeCursor } from '@galley/platform/cursor'
import { AppError, authorize } from '@galley/platform/errors'
import { emit } from '@galley/platform/events'
import { only } from '@galley/platform/rows'
import { canDeleteComment, canEditComment } from './policy.ts'
import {
  findArticleWithComments,
  findCommentForUpdate,
  findCommentWithArticle,
  insertComment,
  type CommentRow,
} from './queries.ts'
import { refuseBlank, renderedComment, withCurrentHtml } from './rendering.ts'
import { toCommentView } from './view.ts'

export { countStaleComments, renderStaleComments } from './service/rerender.ts'

/** Comments of an article that the caller may see, oldest first. */
export async function listComments(ctx: Ctx, input: ListComments): Promise<Page<CommentView>> {
  const after = decodeCursor(TimeCursor, input.cursor)
  const { articleId, limit } = input
  const article = await findArticleWithComments(ctx.db, { articleId, after, limit: limit + 1 })
  if (!article || !isVisibleArticle(ctx, article)) throw new AppError('article/not-found')
  const rows: CommentRow[] = []
  // One after the other: a page of old comments must not be more than the caller's share of the renderer.
  for (const row of article.comments) rows.push(await withCurrentHtml(ctx, row))
  return pageOf(
    rows,
    limit,
    (row) => [row.createdAt.getTime(), row.id],
    (row) => toCommentView(ctx.actor, row),
  )
}

/** One comment, where the caller may see the article that it stands under. */
export async function getComment(ctx: Ctx, { id }: CommentById): Promise<CommentView> {
  const comment = await findCommentWithArticle(ctx.db, id)
  const isVisible =
    comment &&
    isVisibleArticle(ctx, { authorId: comment.articleAuthorId, status: comment.articleStatus })
  if (!isVisible) throw new AppError('comment/not-found')
  return toCommentView(ctx.actor, await withCurrentHtml(ctx, comment))
}

/** Adds a comment to a published article. */
export async function createComment(ctx: AuthedCtx, input: CreateComment): Promise<CommentView> {
  const rendered = await renderedComment(ctx, input.body)
  refuseBlank(ctx, rendered)
  const article = await getArticleToRespond(ctx, ctx.db, input.articleId)
  const { user } = ctx.actor
  const id = randomUUIDv7()
  const place = { id, articleId: article.id, authorId: user.id, createdAt: ctx.now() }
  const row = await transact(ctx, async (tx) => {
    const [made] = await Promise.all([
      insertComment(tx, { ...rendered, ...place }),
      emit(ctx, tx, 'comment.created', { commentId: id, articleId: article.id }),
    ])
    return made
  })
  return toCommentView(ctx.actor, {
    ...row,
    author: { username: user.username, displayName: user.displayName },
    articleAuthorId: article.authorId,
  })
}

/** Changes the text of the caller's own comment; the same text again does not count as an edit. */
export async function updateComment(ctx: AuthedCtx, input: UpdateComment): Promise<CommentView> {
  const rendered = await renderedComment(ctx, input.body)
  refuseBlank(ctx, rendered)
  return transact(ctx, async (tx) => {
    const comment = await getCommentToChange(ctx, tx, input.id)
    authorize(canEditComment(ctx.actor, comment), 'comment/forbidden')
    const editedAt = comment.body === input.body ? comment.editedAt : ctx.now()
    const change = { ...rendered, editedAt }
    const row = only(
      await tx.update(comments).set(change).where(eq(comments.id, comment.id)).returning(),
    )
    return toCommentView(ctx.actor, { ...comment, ...row })
  })
}

/** Takes a comment away: its author, the author of the article, or an editor. */
export function deleteComment(ctx: AuthedCtx, input: CommentById): Promise<Deleted> {
  return transact(ctx, async (tx) => {
    const comment = await getCommentToChange(ctx, tx, input.id)
    authorize(canDeleteComment(ctx.actor, comment), 'comment/forbidden')
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

/** A comment under an article that the caller may not see is not there for them. */
async function getCommentToChange(ctx: AuthedCtx, tx: Tx, id: string): Promise<CommentRow> {
  const comment = await findCommentForUpdate(tx, id)
  const article = comment && (await findVisibleArticle(ctx, tx, comment.articleId))
  if (!comment || !article) throw new AppError('comment/not-found')
  authorize(isActive(ctx.actor), 'user/suspended')
  return comment
}
