import { pageSizes } from '@galley/contract/page-sizes'
import type { RouterContext } from '../../../lib/router-context.ts'

const tenMinutes = 600_000

export const busiestTags = (trpc: RouterContext['trpc']) =>
  trpc.tags.list.queryOptions({ limit: pageSizes.cards }, { staleTime: tenMinutes })

export const tagPage = (trpc: RouterContext['trpc'], cursor: string | undefined) =>
  trpc.tags.list.queryOptions({ limit: 100, cursor }, { staleTime: tenMinutes })

export const tagBySlug = (trpc: RouterContext['trpc'], slug: string) =>
  trpc.tags.bySlug.queryOptions({ slug }, { staleTime: tenMinutes })
