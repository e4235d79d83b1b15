import { pageSizes } from '@galley/contract/page-sizes'
import type { ArticleAuthors } from '@galley/contract/publishing/co-authors'
import { useQueryClient } from '@tanstack/react-query'
import type { RouterContext } from '../../../lib/router-context.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { useRefreshArticles } from '../articles/use-refresh-articles.ts'

type Trpc = RouterContext['trpc']

export const authorsOf = (trpc: Trpc, articleId: string) =>
  trpc.coAuthors.list.queryOptions({ articleId }, { staleTime: 0 })

export const coAuthorInvitations = (trpc: Trpc, cursor: string | undefined) =>
  trpc.coAuthors.invitations.queryOptions({ cursor, limit: pageSizes.rows }, { staleTime: 0 })

/** Shows the list that a call has returned. */
export function useTakeOver(articleId: string) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const refreshArticles = useRefreshArticles()
  return (list: ArticleAuthors) => {
    queryClient.setQueryData(authorsOf(trpc, articleId).queryKey, list)
    void refreshArticles()
  }
}
