import { useQueryClient } from '@tanstack/react-query'
import type { RouterContext } from '../../../lib/router-context.ts'
import { useTRPC } from '../../../lib/trpc.ts'

export const myCredentials = (trpc: RouterContext['trpc']) =>
  trpc.credentials.current.queryOptions()

export const myPasskeys = (trpc: RouterContext['trpc']) => trpc.passkeys.list.queryOptions()

type Trpc = RouterContext['trpc']

/** Does not change while the server runs. */
export const signInProviders = (trpc: Trpc) =>
  trpc.identities.providers.queryOptions(undefined, { staleTime: Infinity })

export const myIdentities = (trpc: Trpc) => trpc.identities.list.queryOptions()

export const myDevices = (trpc: RouterContext['trpc']) =>
  trpc.sessions.list.queryOptions(undefined, { staleTime: 0 })

export const myPrograms = (trpc: RouterContext['trpc']) => trpc.tokens.listPrograms.queryOptions()

export const myTokens = (trpc: RouterContext['trpc']) => trpc.tokens.list.queryOptions()

/** For after a change to the sign-in methods: everything that shows them is fetched again. */
export function useRefreshAccount() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  return () =>
    Promise.all(
      [trpc.credentials, trpc.sessions, trpc.passkeys, trpc.identities, trpc.audit].map((slice) =>
        queryClient.invalidateQueries(slice.pathFilter()),
      ),
    )
}
