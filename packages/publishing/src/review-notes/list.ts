import type { Page } from '@galley/contract/primitives'
import type { ListReviewNotes, ReviewNote } from '@galley/contract/publishing/review-notes'
import { reviewNotes } from '@galley/db/schema'
import { countListed } from '@galley/platform/count-listed'
import { listSorted } from '@galley/platform/order'
import { refuseUnlessEditable } from '../articles/find.ts'
import type { AuthedCtx } from '../ctx.ts'
import { findReviewNotes, noteOrders, ofArticle } from './queries.ts'
import { toReviewNote } from './view.ts'

/** Notes and steps of the reviews of an article that the caller may edit. */
export async function listReviewNotes(
  ctx: AuthedCtx,
  input: ListReviewNotes,
): Promise<Page<ReviewNote>> {
  const { articleId } = input
  await refuseUnlessEditable(ctx, articleId)
  return listSorted(input, {
    orders: noteOrders,
    byDefault: 'newest',
    find: (start) => findReviewNotes(ctx.db, articleId, start),
    count: () => countListed(ctx.db, reviewNotes, ofArticle(articleId)),
    toItem: toReviewNote,
  })
}
