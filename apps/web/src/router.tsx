import { createRouter } from '@tanstack/react-router'
import { setupRouterSsrQueryIntegration } from '@tanstack/react-router-ssr-query'
import { createIsomorphicFn, getGlobalStartContext } from '@tanstack/react-start'
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query'
import { ErrorPage, NotFoundPage } from './features/platform/layout/message-page.tsx'
import { pageErrorAdapter } from './lib/page-error.ts'
import { keepTimesInHead } from './lib/page-times.ts'
import type { Site } from './lib/router-context.ts'
import { parseSearch, stringifySearch } from './lib/search.ts'
import { createClient, createQueryClient, TRPCProvider } from './lib/trpc.ts'
import { routeTree } from './routeTree.gen.ts'

/** In the browser the settings come with the page, before anything is rendered. */
const unknownSite: Site = {
  name: '',
  description: '',
  language: 'en',
  links: [],
  logoUrl: null,
  signUp: 'closed',
  origin: '',
  requestId: '',
}

const readHost = createIsomorphicFn()
  .client(() => ({
    nonce: undefined,
    isForAll: false,
    site: { ...unknownSite, origin: window.location.origin },
  }))
  .server(() => {
    const { nonce, isForAll, site, origin, requestId } = getGlobalStartContext() ?? {}
    return {
      nonce,
      isForAll,
      site: { ...unknownSite, ...site, origin: origin ?? '', requestId: requestId ?? '' },
    }
  })

/** A router with its own caches: one for each request on the server, one for the page in the browser. */
export function getRouter() {
  const { nonce, isForAll, site } = readHost()
  const queryClient = createQueryClient()
  const client = createClient()
  const trpc = createTRPCOptionsProxy({ client, queryClient })
  const router = createRouter({
    routeTree,
    context: { queryClient, trpc, site },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0, // react-query decides what is fresh
    scrollRestoration: true,
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFoundPage,
    ssr: { nonce },
    dehydrate: (): { site: Site } => {
      const isFailed = router.state.matches.some(({ status }) => status === 'error')
      return { site: isForAll && !isFailed ? { ...site, requestId: '' } : site }
    },
    hydrate: (dehydrated) => {
      Object.assign(site, dehydrated.site)
    },
    Wrap: ({ children }) => (
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    ),
  })
  router.options.serializationAdapters = [pageErrorAdapter]
  setupRouterSsrQueryIntegration({ router, queryClient })
  keepTimesInHead(router, isForAll === true)
  return router
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof getRouter>
  }
  interface HistoryState {
    /** Set on a navigation that only corrects the address: the focus stays where it is. */
    keepFocus?: boolean
  }
}
