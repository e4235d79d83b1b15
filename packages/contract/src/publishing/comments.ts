import { z } from 'zod'
import { Count, Id, listInput, multiline, page, Timestamp } from '../primitives.ts'
import { hasVisibleText } from '../text.ts'
import { Byline } from '../platform/users.ts'

const Body = multiline(5000).refine(hasVisibleText, 'Must not be empty.')

export const CommentOrder = z.enum(['oldest', 'newest'])

/** For so long authors may change what they wrote. */
export const COMMENT_EDIT_MINUTES = 15

/** How many replies of each comment a list of comments holds. */
export const FIRST_REPLIES = 3

/** How many people a comment may mention. */
export const MAX_MENTIONS = 10

type Start = { around?: unknown; cursor?: unknown; offset?: unknown }

const hasOneStart = ({ around, cursor, offset }: Start) =>
  around === undefined || (cursor === undefined && offset === undefined)

/**
 * Comments of one article, with the first replies of each. `around` is the id of a comment or a reply: the page begins
 * with its thread, and has of its replies as many as a page may hold.
 */
export const ListComments = listInput(CommentOrder, {
  articleId: Id,
  around: Id.optional(),
}).refine(hasOneStart, { path: ['around'], message: 'Give one of around, offset and cursor.' })
export type ListComments = z.output<typeof ListComments>

/** Replies to one comment. */
export const ListReplies = listInput(CommentOrder, { id: Id })
export type ListReplies = z.output<typeof ListReplies>

/**
 * `body` is Markdown without headings, tables and images; `@username` mentions somebody. With `parentId` it is a reply;
 * to a reply, it is one in the same thread.
 */
export const CreateComment = z.strictObject({
  articleId: Id,
  body: Body,
  parentId: Id.optional(),
})
export type CreateComment = z.output<typeof CreateComment>

export const UpdateComment = z.strictObject({ id: Id, body: Body })
export type UpdateComment = z.output<typeof UpdateComment>

export const CommentById = z.strictObject({ id: Id })
export type CommentById = z.output<typeof CommentById>

export const CommentView = z.object({
  id: Id,
  articleId: Id,
  /** The comment whose thread a reply is in; null for one that begins a thread. */
  parentId: Id.nullable(),
  /** The reply of the same thread that it answers. */
  answers: z.object({ id: Id, author: Byline }).nullable(),
  /** Of one that is deleted, nobody: an empty username. */
  author: Byline,
  body: z.string(),
  bodyHtml: z.string(),
  createdAt: Timestamp,
  /** Null when the comment is as it was first written. */
  editedAt: Timestamp.nullable(),
  /** When one that has replies was deleted: its place is kept, its author and its text are gone. */
  deletedAt: Timestamp.nullable(),
  replyCount: Count,
  can: z.object({ edit: z.boolean(), delete: z.boolean(), reply: z.boolean() }),
})
export type CommentView = z.output<typeof CommentView>

export const CommentPage = page(CommentView)

/** A comment that begins a thread; `replies.page.nextCursor` goes on in `comments.replies`. */
export const CommentThread = CommentView.extend({ replies: CommentPage })
export type CommentThread = z.output<typeof CommentThread>

export const CommentThreadPage = page(CommentThread)
