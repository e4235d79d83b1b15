import { z } from 'zod'
import { Id } from '../primitives.ts'

/** What happens to articles and to what readers say of them. */
export const publishingEvents = {
  'article.published': z.object({ articleId: Id }),
  'article.unpublished': z.object({ articleId: Id }),
  'comment.created': z.object({ commentId: Id, articleId: Id }),
} as const
