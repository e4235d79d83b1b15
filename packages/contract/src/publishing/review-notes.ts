import { z } from 'zod'
import { Byline } from '../platform/users.ts'
import { Id, listInput, multiline, page, TimeOrder, Timestamp } from '../primitives.ts'
import { hasVisibleText } from '../text.ts'

/** What was said of an article among those who may edit it, and the steps of its reviews. */
export const ListReviewNotes = listInput(TimeOrder, { articleId: Id })
export type ListReviewNotes = z.output<typeof ListReviewNotes>

/** Plain text; while the article is in review. */
export const CreateReviewNote = z.strictObject({
  articleId: Id,
  body: multiline(2000).refine(hasVisibleText, 'Must not be empty.'),
})
export type CreateReviewNote = z.output<typeof CreateReviewNote>

export const ReviewNote = z.object({
  id: Id,
  articleId: Id,
  author: Byline,
  /** A note, or a step: its author asked for a review or took it back, an editor decided. */
  kind: z.enum(['note', 'requested', 'withdrawn', 'approved', 'sent_back']),
  /** Of a step, what was said with it; it may be empty. */
  body: z.string(),
  createdAt: Timestamp,
})
export type ReviewNote = z.output<typeof ReviewNote>

export const ReviewNotePage = page(ReviewNote)
