import type { RouterContext } from '../../../lib/router-context.ts'

type Trpc = RouterContext['trpc']

/** Does not change while the server runs. */
export const signInProviders = (trpc: Trpc) =>
  trpc.identities.providers.queryOptions(undefined, { staleTime: Infinity })

export const myIdentities = (trpc: Trpc) => trpc.identities.list.queryOptions()
