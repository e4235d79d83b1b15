import type { Page } from '@galley/contract/primitives'
import type { CommentView, ListComments } from '@galley/contract/publishing/comments'
import { decodeCursor, pageOf, TimeCursor } from '@galley/platform/cursor'
import { AppError } from '@galley/platform/errors'
import { isVisibleArticle } from '../articles/find.ts'
import type { Ctx } from '../ctx.ts'
import { withCurrentHtml } from './internal.ts'
import { findArticleWithComments, type CommentRow } from './queries.ts'
import { toCommentView } from './view.ts'

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
