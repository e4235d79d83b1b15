import type { RouterContext } from '../../../lib/router-context.ts'

export const siteHealth = (trpc: RouterContext['trpc']) =>
  trpc.health.get.queryOptions(undefined, { staleTime: 0, refetchInterval: 30_000 })
