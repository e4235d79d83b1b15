import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCLink,
} from '@trpc/client'
import type { AnyTRPCRouter } from '@trpc/server'
import { accessTokens, authorizationOf, tokenLink } from './access-tokens.ts'
import type { Api } from './api.gen.ts'
import { jsonOnly, MAX_BATCH, platformFetch } from './call-links.ts'
import { type GalleyClientOptions, usesTokenPair } from './options.ts'
import { idempotencyHeader, idempotencyKeyOf, idempotencyLink } from './retries.ts'
import { retryLink } from './retry-link.ts'
import type { AppRouter } from './router.ts'
import { warnOfSkew, watchingSkew } from './skew.ts'

export type GalleyClient = Api

/** Calls of the Galley API, with the types of its router. Failures are `GalleyError`s. */
export const createGalleyClient = (options: GalleyClientOptions): GalleyClient =>
  createTRPCClient<AppRouter>({ links: galleyLinks(options) })

/** The links of such a client, for tRPC's other clients (React Query) and for routers like Galley's. */
export function galleyLinks<Router extends AnyTRPCRouter>({
  url,
  auth,
  retries = {},
  timeoutMs = 30_000,
  fetch: given = platformFetch,
  onSkew = warnOfSkew,
  EventSource = globalThis.EventSource,
}: GalleyClientOptions): TRPCLink<Router>[] {
  const base = url.replace(/\/+$/, '')
  const send = watchingSkew(given, onSkew)
  const credentials = auth === 'cookie' ? 'include' : 'omit'
  const fixed: { authorization?: string } =
    typeof auth === 'object' && 'token' in auth ? bearer(auth.token) : {}
  const tokens = usesTokenPair(auth) ? accessTokens(base, send, auth) : undefined

  const withCredentials: typeof fetch = (input, init) => send(input, { ...init, credentials })
  const http = { url: `${base}/trpc`, fetch: jsonOnly(withCredentials) }
  const calls = splitLink({
    condition: (op) => idempotencyKeyOf(op) !== undefined,
    // One key says one thing: a mutation that has one travels alone.
    true: httpLink({
      ...http,
      headers: ({ op }) => ({ ...fixed, ...authorizationOf([op]), ...idempotencyHeader(op) }),
    }),
    false: httpBatchLink({
      ...http,
      maxItems: MAX_BATCH,
      headers: ({ opList }) => ({ ...fixed, ...authorizationOf(opList) }),
    }),
  })
  const events = httpSubscriptionLink({
    url: http.url,
    EventSource,
    eventSourceOptions: {
      withCredentials: auth === 'cookie',
      fetch: async (input, init) => {
        const current = tokens ? bearer(await tokens.current()) : fixed
        const headers = new Headers(init?.headers)
        if (current.authorization) headers.set('authorization', current.authorization)
        return withCredentials(input, { ...init, headers })
      },
    },
  })
  const ready = [
    ...(retries && retries.mutations ? [idempotencyLink()] : []),
    retryLink({ retries, timeoutMs }),
    ...(tokens ? [tokenLink(tokens)] : []),
    calls,
  ]
  return [
    splitLink({ condition: ({ type }) => type === 'subscription', true: events, false: ready }),
  ]
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
