import { pageSizes } from '@galley/contract/page-sizes'
import type { CommentView } from '@galley/contract/publishing/comments'
import type { RouterContext } from '../../../lib/router-context.ts'

/** Which comments of an article are shown: from the first, after a cursor, or from the thread of one of them. */
export type CommentPlace = { cursor?: string | undefined; around?: string | undefined }

export const commentsOf = (
  trpc: RouterContext['trpc'],
  articleId: string,
  { cursor, around }: CommentPlace,
) => trpc.comments.list.queryOptions({ articleId, cursor, around, limit: pageSizes.thread })

/** Of the element that shows a comment; a link to it ends with it. */
export const anchorOf = ({ id }: Pick<CommentView, 'id'>) => `comment-${id}`
