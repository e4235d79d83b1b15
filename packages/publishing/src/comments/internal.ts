import type { CommentView } from '@galley/contract/publishing/comments'
import type { Tx } from '@galley/db/client'
import { comments } from '@galley/db/schema'
import type { Actor } from '@galley/platform/ctx'
import { AppError } from '@galley/platform/errors'
import { toByline } from '@galley/platform/users/queries'
import { and, eq } from 'drizzle-orm'
import { isVisibleArticle } from '../articles/find.ts'
import type { AuthedCtx, Ctx } from '../ctx.ts'
import { render, renderedOrStored } from '../render.ts'
import { commentCan } from './policy.ts'
import { type CommentRow, findCommentForUpdate } from './queries.ts'

/** The comment, locked. */
export async function getCommentToChange(ctx: AuthedCtx, tx: Tx, id: string): Promise<CommentRow> {
  const comment = await findCommentForUpdate(tx, id)
  if (!comment || !isVisibleComment(ctx, comment)) throw new AppError('comment/not-found')
  return comment
}

/** A comment under an article that the caller may not see is not there for them. */
export const isVisibleComment = (
  ctx: Ctx,
  { articleAuthorId, articleBylineIds, articleStatus }: CommentRow,
) =>
  isVisibleArticle(ctx, {
    authorId: articleAuthorId,
    bylineIds: articleBylineIds,
    status: articleStatus,
  })

/** The columns that a comment's Markdown fills. */
export async function renderedComment(ctx: Ctx, body: string) {
  const { html } = await render(ctx, body, { profile: 'comment' })
  return { body, bodyHtml: html, renderVersion: ctx.markdown.version }
}

/** Throws where readers would see nothing of it: its Markdown makes no text. */
export function refuseBlank({ markdown }: Ctx, { bodyHtml }: { bodyHtml: string }): void {
  if (!markdown.isBlank(bodyHtml)) return
  throw new AppError('request/invalid', {
    fields: [{ path: 'body', message: 'Must not be empty.' }],
  })
}

/** The row with its HTML rendered again, and stored, where an older renderer made it. */
export async function withCurrentHtml(ctx: Ctx, row: CommentRow): Promise<CommentRow> {
  if (row.renderVersion === ctx.markdown.version) return row
  const rendered = await renderedOrStored(ctx, row.bodyHtml, renderedComment(ctx, row.body))
  if (!rendered) return row
  await ctx.db
    .update(comments)
    .set(rendered)
    .where(and(eq(comments.id, row.id), eq(comments.body, row.body)))
  return { ...row, ...rendered }
}

export const toCommentView = (actor: Actor, row: CommentRow): CommentView => ({
  id: row.id,
  articleId: row.articleId,
  author: toByline(row.author),
  body: row.body,
  bodyHtml: row.bodyHtml,
  createdAt: row.createdAt.toISOString(),
  editedAt: row.editedAt?.toISOString() ?? null,
  can: commentCan(actor, row),
})
