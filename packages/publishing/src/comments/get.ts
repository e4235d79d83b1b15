import type { CommentById, CommentView } from '@galley/contract/publishing/comments'
import { AppError } from '@galley/platform/errors'
import type { Ctx } from '../ctx.ts'
import { isVisibleComment, withCurrentHtml } from './internal.ts'
import { findComment } from './queries.ts'
import { toCommentView } from './view.ts'

/** One comment, where the caller may see the article that it stands under. */
export async function getComment(ctx: Ctx, { id }: CommentById): Promise<CommentView> {
  const comment = await findComment(ctx.db, id)
  if (!comment || !isVisibleComment(ctx, comment)) throw new AppError('comment/not-found')
  return toCommentView(ctx.actor, await withCurrentHtml(ctx, comment))
}
