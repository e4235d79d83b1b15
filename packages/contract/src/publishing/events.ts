import { z } from 'zod'
import type { Hints } from '../hints.ts'
import { Id } from '../primitives.ts'

/** What happens to articles and to what readers say of them. */
export const publishingEvents = {
  'article.published': z.object({ articleId: Id }),
  'article.unpublished': z.object({ articleId: Id }),
  /** Of one that people could read when it happened; of drafts nobody hears. */
  'article.updated': z.object({ articleId: Id }),
  /** Every save of a text, also of a draft: for those who edit it at the same time. */
  'article.saved': z.object({ articleId: Id, version: z.int(), userId: Id }),
  /** Of one that people could read; whatever its status was, it is `article.trashed` too. */
  'article.deleted': z.object({ articleId: Id }),
  /** Somebody was asked to write an article along. */
  'byline.invited': z.object({ articleId: Id, userId: Id, byUserId: Id }),
  'byline.accepted': z.object({ articleId: Id, userId: Id }),
  /** Declined, withdrawn, left or taken off it: by whom, and whether they had accepted, says which. */
  'byline.left': z.object({ articleId: Id, userId: Id, byUserId: Id, accepted: z.boolean() }),
  'article.comments-closed': z.object({ articleId: Id }),
  'article.comments-opened': z.object({ articleId: Id }),
  /** It keeps its address, and is in no list. */
  'article.archived': z.object({ articleId: Id }),
  'article.unarchived': z.object({ articleId: Id }),
  'article.scheduled': z.object({ articleId: Id, userId: Id }),
  'article.unscheduled': z.object({ articleId: Id, userId: Id }),
  /** What was to happen at a time could not; `userId` chose the time. */
  'article.schedule-missed': z.object({ articleId: Id, userId: Id.nullable() }),
  'article.trashed': z.object({ articleId: Id }),
  /** From the trash, as a draft. */
  'article.restored': z.object({ articleId: Id }),
  /** `userId` asked for it. */
  'review.requested': z.object({ articleId: Id, userId: Id }),
  'review.withdrawn': z.object({ articleId: Id, userId: Id }),
  /** `userId` decided on this version. */
  'review.decided': z.object({
    articleId: Id,
    userId: Id,
    // Events from before have none.
    version: z.int().optional(),
    decision: z.enum(['approved', 'sent-back']),
  }),
  /** `userId` wrote the note. */
  'review.noted': z.object({ articleId: Id, noteId: Id, userId: Id }),
  /** What is stored of texts for readers no longer shows a picture or a name as it is: it is made again when it is next read. */
  'texts.outdated': z.object({}),
  'comment.created': z.object({ commentId: Id, articleId: Id }),
  'comment.updated': z.object({ commentId: Id, articleId: Id }),
  'comment.deleted': z.object({ commentId: Id, articleId: Id }),
  'follow.created': z.object({ followerId: Id, followedId: Id }),
} as const

/** Those after which people who are signed out are to see something else at once. */
export const publicPublishingEvents = [
  'article.published',
  'article.unpublished',
  'article.updated',
  'article.deleted',
  'article.comments-closed',
  'article.comments-opened',
  'article.archived',
  'article.unarchived',
  'texts.outdated',
] as const

/** Those after which only pages that show the comments of an article are to; by the field that names it. */
export const publicCommentEvents = {
  'comment.created': 'articleId',
  'comment.updated': 'articleId',
  'comment.deleted': 'articleId',
} as const

/** What those hear of who watch while it happens, and nobody later: no event is kept of it. */
export const publishingSignals = ['presence.changed'] as const

/** Who hears of them while they watch: a line for each event. */
export const publishingHints = {
  'article.published': [{ topic: 'article', of: 'articleId' }],
  'article.unpublished': [{ topic: 'article', of: 'articleId' }],
  'article.updated': [{ topic: 'article', of: 'articleId' }],
  'article.saved': [{ topic: 'editing', of: 'articleId', ids: ['userId'] }],
  'article.deleted': [{ topic: 'article', of: 'articleId' }],
  'article.comments-closed': [{ topic: 'article', of: 'articleId' }],
  'article.comments-opened': [{ topic: 'article', of: 'articleId' }],
  'comment.created': [{ topic: 'article', of: 'articleId', ids: ['commentId'] }],
  'comment.updated': [{ topic: 'article', of: 'articleId', ids: ['commentId'] }],
  'comment.deleted': [{ topic: 'article', of: 'articleId', ids: ['commentId'] }],
} as const satisfies Hints<typeof publishingEvents>
