import type { ReviewNote } from '@galley/contract/publishing/review-notes'
import { describeSlice } from '../../docs.ts'
import { mira } from '../platform/users.docs.ts'
import { exampleInReview } from './articles.examples.ts'

export const exampleReviewNote: ReviewNote = {
  id: '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b87',
  articleId: exampleInReview.id,
  author: { username: mira.username, displayName: mira.displayName, avatarUrl: null },
  kind: 'note',
  body: 'The second part repeats the first.',
  createdAt: '2026-03-15T10:00:00.000Z',
}

export const docs = describeSlice(
  {
    about: 'What authors and editors say of an article while it is reviewed.',
    fields: { articleId: 'The id of the article.', sort: 'By when they were written.' },
  },
  {
    list: {
      summary: 'List the notes of a review',
      description:
        'With the steps of all its reviews: asked for, taken back, approved, sent back. For those who may edit the article; newest first by default.',
      refusals: ['article/not-found', 'article/forbidden'],
      examples: [
        {
          summary: 'Of one article',
          path: { articleId: exampleInReview.id },
          query: { sort: 'oldest' },
          response: { items: [exampleReviewNote], page: { nextCursor: null } },
        },
      ],
    },
    create: {
      summary: 'Add a note to a review',
      description: 'Plain text, while the article is in review.',
      refusals: ['article/not-found', 'article/forbidden', 'article/not-in-review'],
      examples: [
        {
          summary: 'A remark',
          path: { articleId: exampleInReview.id },
          body: { body: 'The second part repeats the first.' },
          response: exampleReviewNote,
        },
      ],
    },
  },
)
