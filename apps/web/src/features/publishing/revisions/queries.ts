import { pageSizes } from '@galley/contract/page-sizes'
import type { RouterContext } from '../../../lib/router-context.ts'

type Trpc = RouterContext['trpc']

export const articleRevisions = (trpc: Trpc, articleId: string, cursor: string | undefined) =>
  trpc.revisions.list.queryOptions({ articleId, cursor, limit: pageSizes.rows }, { staleTime: 0 })

/** Neither of the two changes again, but for the newest. */
export const revisionComparison = (trpc: Trpc, id: string, against: string | undefined) =>
  trpc.revisions.compare.queryOptions({ id, against }, { staleTime: 5_000 })
