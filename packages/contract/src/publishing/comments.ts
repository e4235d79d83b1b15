import { z } from 'zod'
import { Id, listInput, multiline, page, Timestamp } from '../primitives.ts'
import { hasVisibleText } from '../text.ts'
import { Byline } from '../platform/users.ts'

const Body = multiline(5000).refine(hasVisibleText, 'Must not be empty.')

export const CommentOrder = z.enum(['oldest', 'newest'])

/** Comments of one article. */
export const ListComments = listInput(CommentOrder, { articleId: Id })
export type ListComments = z.output<typeof ListComments>

/** `body` is Markdown without headings, tables and images. */
export const CreateComment = z.strictObject({ articleId: Id, body: Body })
export type CreateComment = z.output<typeof CreateComment>

export const UpdateComment = z.strictObject({ id: Id, body: Body })
export type UpdateComment = z.output<typeof UpdateComment>

export const CommentById = z.strictObject({ id: Id })
export type CommentById = z.output<typeof CommentById>

export const CommentView = z.object({
  id: Id,
  articleId: Id,
  author: Byline,
  body: z.string(),
  bodyHtml: z.string(),
  createdAt: Timestamp,
  /** Null when the comment is as it was first written. */
  editedAt: Timestamp.nullable(),
  can: z.object({ edit: z.boolean(), delete: z.boolean() }),
})
export type CommentView = z.output<typeof CommentView>

export const CommentPage = page(CommentView)
