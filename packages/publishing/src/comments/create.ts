import { randomUUIDv7 } from 'node:crypto'
import type { CommentView, CreateComment } from '@galley/contract/publishing/comments'
import { emitWith } from '@galley/platform/events/emit'
import { respondToArticle } from '../articles/find.ts'
import type { AuthedCtx } from '../ctx.ts'
import { refuseBlank, renderedComment } from './internal.ts'
import { insertComment } from './queries.ts'
import { toCommentView } from './view.ts'

/** Adds a comment to a published article. */
export async function createComment(ctx: AuthedCtx, input: CreateComment): Promise<CommentView> {
  const rendered = await renderedComment(ctx, input.body)
  refuseBlank(ctx, rendered)
  const { user } = ctx.actor
  const { articleId } = input
  const id = randomUUIDv7()
  const comment = { ...rendered, id, articleId, authorId: user.id, createdAt: ctx.now() }
  const { articleAuthorId } = await respondToArticle(ctx, articleId, () =>
    emitWith(ctx, 'comment.created', { commentId: id, articleId }, (db, event) =>
      insertComment(db, { ...comment, ...event }),
    ),
  )
  return toCommentView(ctx.actor, {
    ...comment,
    editedAt: null,
    author: { username: user.username, displayName: user.displayName },
    articleAuthorId,
    articleStatus: 'published',
  })
}
