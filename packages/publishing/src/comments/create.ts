import { randomUUIDv7 } from 'node:crypto'
import type { CommentView, CreateComment } from '@galley/contract/publishing/comments'
import { transact } from '@galley/platform/ctx'
import { emit } from '@galley/platform/events/emit'
import { getArticleToRespond } from '../articles/find.ts'
import type { AuthedCtx } from '../ctx.ts'
import { refuseBlank, renderedComment } from './internal.ts'
import { insertComment } from './queries.ts'
import { toCommentView } from './view.ts'

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
    articleStatus: article.status,
  })
}
