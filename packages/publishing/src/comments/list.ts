import type { Page } from '@galley/contract/primitives'
import type { CommentView, ListComments } from '@galley/contract/publishing/comments'
import { comments } from '@galley/db/schema'
import { listPage, placeAt, TimeCursor, type Start } from '@galley/platform/cursor'
import { AppError } from '@galley/platform/errors'
import { eq } from 'drizzle-orm'
import { isVisibleArticle } from '../articles/find.ts'
import type { Ctx } from '../ctx.ts'
import { withCurrentHtml } from './internal.ts'
import { findArticleWithComments, type CommentRow } from './queries.ts'
import { toCommentView } from './view.ts'

/** Comments of an article that the caller may see, oldest first. */
export const listComments = (ctx: Ctx, input: ListComments): Promise<Page<CommentView>> =>
  listPage(input, {
    cursor: TimeCursor,
    find: (start) => findComments(ctx, input.articleId, start),
    count: () => ctx.db.$count(comments, eq(comments.articleId, input.articleId)),
    toCursor: (row) => placeAt(row.createdAt, row.id),
    toItem: (row) => toCommentView(ctx.actor, row),
  })

async function findComments(ctx: Ctx, articleId: string, start: Start): Promise<CommentRow[]> {
  const article = await findArticleWithComments(ctx.db, { articleId, ...start })
  if (!article || !isVisibleArticle(ctx, article)) throw new AppError('article/not-found')
  const rows: CommentRow[] = []
  // One after the other: a page of old comments must not be more than the caller's share of the renderer.
  for (const row of article.comments) rows.push(await withCurrentHtml(ctx, row))
  return rows
}
