import type { RouterContext } from '../../../lib/router-context.ts'

type Trpc = RouterContext['trpc']

export const previewLinksOf = (trpc: Trpc, articleId: string) =>
  trpc.previewLinks.list.queryOptions({ articleId }, { staleTime: 0 })
