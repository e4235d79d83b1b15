import type { CommentView } from '@galley/contract/publishing/comments'
import type { Tx } from '@galley/db/client'
import { comments } from '@galley/db/schema'
import { AppError, isAllowed } from '@galley/platform/errors'
import { toTimestamp } from '@galley/platform/timestamp'
import { toByline } from '@galley/platform/users/queries'
import { and, eq } from 'drizzle-orm'
import { isVisibleArticle, takesComments } from '../articles/find.ts'
import type { AuthedCtx, Ctx } from '../ctx.ts'
import { render, renderedOrStored } from '../render.ts'
import { mentionedNames, noPeople, type Mentioned, storedMentions } from './mentions.ts'
import { canDeleteComment, canEditComment } from './policy.ts'
import { type articleColumns, type CommentRow, findCommentForUpdate } from './queries.ts'

/** The comment, locked. */
export async function getCommentToChange(ctx: AuthedCtx, tx: Tx, id: string): Promise<CommentRow> {
  const comment = await findCommentForUpdate(tx, id)
  if (!comment || comment.deletedAt || !isVisibleComment(ctx, comment)) {
    throw new AppError('comment/not-found')
  }
  return comment
}

/** A comment under an article that the caller may not see is not there for them. */
export const isVisibleComment = (ctx: Ctx, comment: OfArticle) =>
  isVisibleArticle(ctx, articleOf(comment))

/** What is known of the article of a comment. */
type OfArticle = Pick<CommentRow, keyof typeof articleColumns>

const articleOf = (comment: OfArticle) => ({
  authorId: comment.articleAuthorId,
  bylineIds: comment.articleBylineIds,
  status: comment.articleStatus,
  commentsClosed: comment.commentsClosed,
  publishedAt: comment.articlePublishedAt,
})

/** The columns that a comment's Markdown fills, and whom of `people` it mentions. */
export async function renderedComment(ctx: Ctx, body: string, people: Mentioned) {
  const { html, mentions } = await render(ctx, body, {
    profile: 'comment',
    people: Object.fromEntries(people.map(({ name, username }) => [name, username])),
  })
  const columns = { body, bodyHtml: html, renderVersion: ctx.markdown.version }
  return { columns, mentioned: people.filter(({ name }) => mentions.includes(name)) }
}

/** Throws where readers would see nothing of it: its Markdown makes no text. */
export function refuseBlank({ markdown }: Ctx, { bodyHtml }: { bodyHtml: string }): void {
  if (!markdown.isBlank(bodyHtml)) return
  throw new AppError('request/invalid', {
    fields: [{ path: 'body', message: 'Must not be empty.' }],
  })
}

/** What of a row its HTML is made of. */
type Rendered = Pick<CommentRow, 'id' | 'body' | 'bodyHtml' | 'renderVersion' | 'deletedAt'>

/** The row with its HTML rendered again, and stored, where an older renderer made it. */
export async function withCurrentHtml<Row extends Rendered>(ctx: Ctx, row: Row): Promise<Row> {
  if (row.renderVersion === ctx.markdown.version || row.deletedAt) return row
  const rendered = await renderedOrStored(ctx, row.bodyHtml, renderedAgain(ctx, row))
  return rendered ? { ...row, ...rendered } : row
}

/**
 * Renders a stored comment, and stores that unless it was changed, or is to be rendered once more, meanwhile. Nobody is
 * mentioned who was not before.
 */
export async function renderedAgain(
  ctx: Ctx,
  { id, body, renderVersion }: Pick<CommentRow, 'id' | 'body' | 'renderVersion'>,
) {
  const people = mentionedNames(body).length > 0 ? await storedMentions(ctx.db, id) : noPeople
  const { columns } = await renderedComment(ctx, body, people)
  await ctx.db
    .update(comments)
    .set(columns)
    .where(
      and(eq(comments.id, id), eq(comments.body, body), eq(comments.renderVersion, renderVersion)),
    )
  return columns
}

export const toCommentView = (ctx: Ctx, row: CommentRow): CommentView => ({
  id: row.id,
  articleId: row.articleId,
  parentId: row.parentId,
  answers: row.answers && { id: row.answers.id, author: toByline(row.answers.author) },
  author: row.author ? toByline(row.author) : nobody,
  body: row.body,
  bodyHtml: row.bodyHtml,
  createdAt: toTimestamp(row.createdAt),
  editedAt: row.editedAt && toTimestamp(row.editedAt),
  deletedAt: row.deletedAt && toTimestamp(row.deletedAt),
  replyCount: row.replyCount,
  can: canOf(ctx, row),
})

/** An object as any author is: callers from before comments could be deleted and kept read its fields. */
const nobody = { username: '', displayName: 'Deleted', avatarUrl: null }

function canOf(ctx: Ctx, row: CommentRow): CommentView['can'] {
  if (row.deletedAt) return { edit: false, delete: false, reply: false }
  return {
    edit: isAllowed(canEditComment(ctx.actor, row, ctx.now())),
    delete: isAllowed(canDeleteComment(ctx.actor, row)),
    reply: takesComments(ctx, articleOf(row)),
  }
}
