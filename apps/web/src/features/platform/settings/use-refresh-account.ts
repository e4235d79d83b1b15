import { useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../../lib/trpc.ts'

/** For after a change to the ways into the account: everything that shows them is asked again. */
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
