import type { RouterContext } from '../../../lib/router-context.ts'

/** The settings of the site as they are now, with their version. */
export const siteSettings = (trpc: RouterContext['trpc']) =>
  trpc.settings.get.queryOptions(undefined, { staleTime: 0 })
