import {
  httpBatchLink,
  httpLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCLink,
} from '@trpc/client'
import type { AnyTRPCRouter } from '@trpc/server'
import { accessTokens, authorizationOf, tokenLink } from './access-tokens.ts'
import { jsonOnly, platformFetch, MAX_BATCH } from './call-links.ts'
import { checkedBase } from './check-options.ts'
import { usesTokenPair, type GalleyAuth, type GalleyClientOptions } from './options.ts'
import { idempotencyHeader, idempotencyKeyOf, idempotencyLink } from './idempotency.ts'
import { resumeLink } from './resume-link.ts'
import { retryLink } from './retry-link.ts'
import { warnOfSkew, watchingSkew } from './skew.ts'

/** The links of such a client, for tRPC's other clients (React Query) and for routers like Galley's. */
export function galleyLinks<Router extends AnyTRPCRouter>({
  url,
  auth,
  retries = {},
  timeoutMs = 30_000,
  fetch: sender = platformFetch,
  onSkew = warnOfSkew,
  EventSource = globalThis.EventSource,
  streams,
}: GalleyClientOptions): TRPCLink<Router>[] {
  const base = checkedBase({ url, auth })
  const send = watchingSkew(sender, onSkew)
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
  const token = tokenOf(auth, tokens)
  const overEvents = httpSubscriptionLink({
    url: http.url,
    EventSource,
    eventSourceOptions: {
      withCredentials: auth === 'cookie',
      fetch: async (input, init) => {
        const headers = new Headers(init?.headers)
        if (token) headers.set('authorization', bearer(await token()).authorization)
        return withCredentials(input, { ...init, headers })
      },
    },
  })
  const given = streams?.linkTo({ base, ...(token && { token }) })
  const messages = given === undefined ? overEvents : (given as typeof overEvents)
  const ready = [
    ...(retries && retries.mutations ? [idempotencyLink()] : []),
    retryLink({ retries, timeoutMs }),
    ...(tokens ? [tokenLink(tokens)] : []),
    calls,
  ]
  return [
    splitLink({
      condition: ({ type }) => type === 'subscription',
      true: [resumeLink({ retries, nextToken: tokens?.current }), messages],
      false: ready,
    }),
  ]
}

function tokenOf(auth: GalleyAuth, tokens: ReturnType<typeof accessTokens> | undefined) {
  if (tokens) return () => tokens.current()
  return typeof auth === 'object' && 'token' in auth ? async () => auth.token : undefined
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
