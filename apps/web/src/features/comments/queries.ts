import type { RouterContext } from '../../lib/router-context.ts'

export const commentsOf = (
  trpc: RouterContext['trpc'],
  articleId: string,
  cursor: string | undefined,
) => trpc.comments.list.queryOptions({ articleId, cursor, limit: 50 })
