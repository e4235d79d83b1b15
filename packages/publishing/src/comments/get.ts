import type { CommentById, CommentView } from '@galley/contract/publishing/comments'
import { AppError } from '@galley/platform/errors'
import { isVisibleArticle } from '../articles/find.ts'
import type { Ctx } from '../ctx.ts'
import { withCurrentHtml } from './internal.ts'
import { findCommentWithArticle } from './queries.ts'
import { toCommentView } from './view.ts'

/** One comment, where the caller may see the article that it stands under. */
export async function getComment(ctx: Ctx, { id }: CommentById): Promise<CommentView> {
  const comment = await findCommentWithArticle(ctx.db, id)
  const isVisible =
    comment &&
    isVisibleArticle(ctx, { authorId: comment.articleAuthorId, status: comment.articleStatus })
  if (!isVisible) throw new AppError('comment/not-found')
  return toCommentView(ctx.actor, await withCurrentHtml(ctx, comment))
}
