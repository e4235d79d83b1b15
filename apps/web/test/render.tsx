import type { AppRouter } from '@galley/api/root'
import type { CurrentUser } from '@galley/contract/platform/users'
import { QueryClientProvider } from '@tanstack/react-query'
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router'
import { render } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { createTRPCClient } from '@trpc/client'
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query'
import type { ReactNode } from 'react'
import { Toasts } from '../src/features/platform/layout/toasts.tsx'
import { currentSession } from '../src/features/platform/sessions/current-user.ts'
import { parseSearch, stringifySearch } from '../src/lib/search.ts'
import { browserLinks, createQueryClient, TRPCProvider } from '../src/lib/trpc.ts'

const site = {
  name: 'Galley',
  description: '',
  language: 'en',
  links: [],
  logoUrl: null,
  signUp: 'open' as const,
  origin: 'http://localhost',
  requestId: 'request-1',
}

/** Shows a part of the app at an address of its own, with the router, the cache and the client around it. */
export async function show(
  element: ReactNode,
  { user = null }: { user?: CurrentUser | null } = {},
) {
  const queryClient = createQueryClient()
  const client = createTRPCClient<AppRouter>({ links: browserLinks() })
  const trpc = createTRPCOptionsProxy<AppRouter>({ client, queryClient })
  queryClient.setQueryData(currentSession(trpc).queryKey, { user })
  const root = createRootRoute({ component: () => <Outlet /> })
  const here = createRoute({ getParentRoute: () => root, path: '/here', component: () => element })
  const others = createRoute({
    getParentRoute: () => root,
    path: '$',
    component: () => 'Elsewhere',
  })
  const router = createRouter({
    routeTree: root.addChildren([here, others]),
    context: { queryClient, trpc, site },
    history: createMemoryHistory({ initialEntries: ['/here'] }),
    parseSearch,
    stringifySearch,
    Wrap: ({ children }) => (
      <QueryClientProvider client={queryClient}>
        <TRPCProvider trpcClient={client} queryClient={queryClient}>
          {children}
          <Toasts />
        </TRPCProvider>
      </QueryClientProvider>
    ),
  })
  await router.load()
  render(<RouterProvider router={router} />)
  return { router, queryClient, trpc, user: userEvent.setup({ delay: null }) }
}
