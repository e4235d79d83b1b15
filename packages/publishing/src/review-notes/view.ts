import type { ReviewNote } from '@galley/contract/publishing/review-notes'
import { toByline } from '@galley/platform/users/queries'
import type { NoteRow } from './queries.ts'

export const toReviewNote = (row: NoteRow): ReviewNote => ({
  id: row.id,
  articleId: row.articleId,
  author: toByline(row.author),
  kind: row.kind,
  body: row.body,
  createdAt: row.createdAt.toISOString(),
})
