import type { RouterContext } from '../../../lib/router-context.ts'

type Trpc = RouterContext['trpc']

export const previewLinksOf = (trpc: Trpc, articleId: string) =>
  trpc.previewLinks.list.queryOptions({ articleId }, { staleTime: 0 })

/** Each visit asks again: what is shown is the text of this moment, and the link may have been revoked. */
export const previewOf = (trpc: Trpc, token: string) =>
  trpc.previewLinks.read.queryOptions({ token }, { staleTime: 0, gcTime: 0 })
