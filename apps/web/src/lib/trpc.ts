import type { AppRouter } from '@galley/api/root'
import { callLinks } from '@galley/client/links'
import { QueryClient } from '@tanstack/react-query'
import { createIsomorphicFn, getGlobalStartContext } from '@tanstack/react-start'
import { getRequest } from '@tanstack/react-start/server'
import { createTRPCClient, type TRPCLink } from '@trpc/client'
import { createTRPCContext } from '@trpc/tanstack-react-query'
import { offerReload, watchContract } from './contract-skew.ts'
import { askForStepUp, stepUpLink } from './step-up.ts'
import { newTraceparent } from './traceparent.ts'

/** A call that takes longer will not be waited for. */
const timeoutMs = 30_000

const forwardedHeaders = ['cookie', 'user-agent', 'x-forwarded-for', 'x-request-id', 'traceparent']

/** In the browser over HTTP to this site; while rendering on the server straight into the API, as the visitor. */
const createLinks = createIsomorphicFn()
  .client(browserLinks)
  .server(() => {
    const { api, origin } = hostContext()
    const { headers, signal } = getRequest()
    const forwarded = forwardedHeaders.flatMap((name) => {
      const value = headers.get(name)
      return value === null ? [] : [[name, value] as const]
    })
    return callLinks<AppRouter>({
      url: `${origin}/trpc`,
      retries: false,
      timeoutMs,
      headers: Object.fromEntries(forwarded),
      fetch: (input, init) =>
        api(new Request(input, { method: init?.method, headers: init?.headers, signal })),
    })
  })

export function browserLinks(): TRPCLink<AppRouter>[] {
  return [
    stepUpLink(askForStepUp),
    ...callLinks<AppRouter>({
      url: '/trpc',
      retries: { attempts: 3 },
      timeoutMs,
      headers: () => ({ traceparent: newTraceparent() }),
      // Looked up at each call: tools that watch or replace it come later than this.
      fetch: watchContract((input, init) => globalThis.fetch(input, init), offerReload),
    }),
  ]
}

function hostContext() {
  const context = getGlobalStartContext()
  if (!context) throw new Error('There is a host only while rendering on the server.')
  return context
}

export const createClient = () => createTRPCClient<AppRouter>({ links: createLinks() })

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>()

export function createQueryClient() {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        retry: false, // the links of the client do that, and know when
        networkMode: 'always',
      },
      // Never paused to be sent later: without a connection a call fails at once, and the person decides.
      mutations: { networkMode: 'always' },
    },
  })
}
