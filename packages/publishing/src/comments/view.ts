import type { CommentView } from '@galley/contract/publishing/comments'
import type { Actor } from '@galley/platform/ctx'
import { commentCan } from './policy.ts'
import type { CommentRow } from './queries.ts'

export const toCommentView = (actor: Actor, row: CommentRow): CommentView => ({
  id: row.id,
  articleId: row.articleId,
  author: row.author,
  body: row.body,
  bodyHtml: row.bodyHtml,
  createdAt: row.createdAt.toISOString(),
  editedAt: row.editedAt?.toISOString() ?? null,
  can: commentCan(actor, row),
})
