import type { ListUsers } from '@galley/contract/platform/users'
import { useQueryClient } from '@tanstack/react-query'
import type { RouterContext } from '../../../../lib/router-context.ts'
import { useTRPC } from '../../../../lib/trpc.ts'

export const people = (trpc: RouterContext['trpc'], filter: Partial<ListUsers>) =>
  trpc.users.list.queryOptions({ ...filter, limit: 25 }, { staleTime: 0 })

/** For after a change to somebody: the lists that show them are asked again. */
export function useRefreshPeople() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  return () => queryClient.invalidateQueries(trpc.users.pathFilter())
}
