import type { AppRouter } from '@galley/api/root'
import type { SiteView } from '@galley/contract/platform/site'
import type { QueryClient } from '@tanstack/react-query'
import { useRouterState } from '@tanstack/react-router'
import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query'

/** The publication's settings, and of the request that rendered the page; `origin` makes absolute addresses. */
export type Site = SiteView & { origin: string; requestId: string }

/** What every loader gets. */
export type RouterContext = {
  queryClient: QueryClient
  trpc: TRPCOptionsProxy<AppRouter>
  site: Site
}

/** The publication's settings, as they were when the page was rendered on the server, or as its reader has set them since. */
export const useSite = (): Site =>
  useRouterState({ select: ({ matches }) => matches[0]?.context.site as Site }) // the root always matches
