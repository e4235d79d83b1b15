import type { Page } from '@galley/contract/primitives'
import type { CommentById, CommentView, ListComments } from '@galley/contract/publishing/comments'
import { comments } from '@galley/db/schema'
import { AppError } from '@galley/platform/errors'
import { listSorted } from '@galley/platform/order'
import { eq } from 'drizzle-orm'
import { isVisibleArticle } from '../articles/find.ts'
import type { Ctx } from '../ctx.ts'
import { isVisibleComment, toCommentView, withCurrentHtml } from './internal.ts'
import {
  type CommentRow,
  commentOrders,
  findArticleWithComments,
  findComment,
  type ListValues,
} from './queries.ts'

/** Comments of an article that the caller may see. */
export const listComments = (ctx: Ctx, input: ListComments): Promise<Page<CommentView>> =>
  listSorted(input, {
    orders: commentOrders,
    byDefault: 'oldest',
    find: (start) => findComments(ctx, { articleId: input.articleId, ...start }),
    count: () => ctx.db.$count(comments, eq(comments.articleId, input.articleId)),
    toItem: (row) => toCommentView(ctx.actor, row),
  })

async function findComments(ctx: Ctx, values: ListValues): Promise<CommentRow[]> {
  const article = await findArticleWithComments(ctx.db, values)
  if (!article || !isVisibleArticle(ctx, article)) throw new AppError('article/not-found')
  const rows: CommentRow[] = []
  // One after the other: a page of old comments must not be more than the caller's share of the renderer.
  for (const row of article.comments) rows.push(await withCurrentHtml(ctx, row))
  return rows
}

/** One comment, where the caller may see the article that it stands under. */
export async function getComment(ctx: Ctx, { id }: CommentById): Promise<CommentView> {
  const comment = await findComment(ctx.db, id)
  if (!comment || !isVisibleComment(ctx, comment)) throw new AppError('comment/not-found')
  return toCommentView(ctx.actor, await withCurrentHtml(ctx, comment))
}
