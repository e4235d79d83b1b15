import type { RouterContext } from '../../../lib/router-context.ts'

export const commentsOf = (
  trpc: RouterContext['trpc'],
  articleId: string,
  cursor: string | undefined,
) => trpc.comments.list.queryOptions({ articleId, cursor, limit: 50 })

/** The cursor of an article's last page of comments, as it is now: page by page from the one at `cursor`. */
export async function findLastComments(
  { queryClient, trpc }: Pick<RouterContext, 'queryClient' | 'trpc'>,
  articleId: string,
  cursor: string,
): Promise<string> {
  const list = { ...commentsOf(trpc, articleId, cursor), staleTime: 0 }
  const { nextCursor } = (await queryClient.fetchQuery(list)).page
  if (nextCursor === null) return cursor
  return findLastComments({ queryClient, trpc }, articleId, nextCursor)
}
