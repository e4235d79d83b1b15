import type { RevisionSummary, RevisionView } from '@galley/contract/publishing/revisions'
import { toByline } from '@galley/platform/users/queries'
import type { RevisionRow, SummaryRow } from './queries.ts'

export const toRevisionSummary = (row: SummaryRow): RevisionSummary => ({
  id: row.id,
  articleId: row.articleId,
  version: row.version,
  author: toByline(row.author),
  cause: row.cause,
  reason: row.reason,
  wasPublic: row.wasPublic,
  restoredVersion: row.restoredVersion,
  title: row.title,
  words: row.words,
  createdAt: row.createdAt.toISOString(),
  savedAt: row.savedAt.toISOString(),
})

export const toRevisionView = (row: RevisionRow): RevisionView => ({
  ...toRevisionSummary(row),
  description: row.description,
  coverUrl: row.coverUrl,
  coverMediaId: row.coverMediaId,
  coverFocus: row.coverFocus,
  body: row.body,
  language: row.language,
  tags: row.tags,
})
