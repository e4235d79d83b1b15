import type { AppRouter } from '@galley/api/root'
import type { QueryClient } from '@tanstack/react-query'
import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query'

/** Of the request that rendered the page; `origin` makes absolute addresses. */
type Site = { origin: string; requestId: string }

/** What every loader gets. */
export type RouterContext = {
  queryClient: QueryClient
  trpc: TRPCOptionsProxy<AppRouter>
  site: Site
}
