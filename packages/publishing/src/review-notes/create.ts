import type { CreateReviewNote, ReviewNote } from '@galley/contract/publishing/review-notes'
import { transact } from '@galley/platform/ctx'
import { emit } from '@galley/platform/events/emit'
import { lockArticleToAnnotate } from '../articles/find.ts'
import type { AuthedCtx } from '../ctx.ts'
import { addReviewNote } from './queries.ts'
import { toReviewNote } from './view.ts'

/** Adds a note to an article that is in review; it stays in review, and its text as it is. */
export const createReviewNote = (ctx: AuthedCtx, input: CreateReviewNote): Promise<ReviewNote> =>
  transact(ctx, async (tx) => {
    const { articleId, body } = input
    await lockArticleToAnnotate(ctx, tx, articleId)
    const { user: author } = ctx.actor
    const row = await addReviewNote(tx, {
      articleId,
      authorId: author.id,
      kind: 'note',
      body,
      createdAt: ctx.now(),
    })
    await emit(ctx, tx, 'review.noted', { articleId, noteId: row.id, userId: author.id })
    return toReviewNote({ ...row, author })
  })
