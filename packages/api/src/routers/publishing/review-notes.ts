import {
  CreateReviewNote,
  ListReviewNotes,
  ReviewNote,
  ReviewNotePage,
} from '@galley/contract/publishing/review-notes'
import { createReviewNote } from '@galley/publishing/review-notes/create'
import { listReviewNotes } from '@galley/publishing/review-notes/list'
import { authedProcedure, router } from '../../trpc.ts'
import { docs } from './review-notes.docs.ts'

export const reviewNotes = router({
  list: authedProcedure({
    cost: 1,
    queries: 2,
    scope: 'articles:read',
    rest: { method: 'GET', path: '/articles/{articleId}/review-notes' },
    docs: docs.list,
  })
    .input(ListReviewNotes)
    .output(ReviewNotePage)
    .query(({ ctx, input }) => listReviewNotes(ctx, input)),
  create: authedProcedure({
    cost: 2,
    queries: 3,
    scope: 'articles:write',
    rest: { method: 'POST', path: '/articles/{articleId}/review-notes' },
    docs: docs.create,
  })
    .input(CreateReviewNote)
    .output(ReviewNote)
    .mutation(({ ctx, input }) => createReviewNote(ctx, input)),
})
