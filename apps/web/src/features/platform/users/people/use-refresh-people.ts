import { useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../../../lib/trpc.ts'

/** For after a change to somebody: the lists that show them are asked again. */
export function useRefreshPeople() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  return () => queryClient.invalidateQueries(trpc.users.pathFilter())
}
