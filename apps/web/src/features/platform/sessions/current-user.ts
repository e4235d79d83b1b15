import { useQuery } from '@tanstack/react-query'
import { redirect, type ParsedLocation } from '@tanstack/react-router'
import { loadPage } from '../../../lib/page-error.ts'
import type { RouterContext } from '../../../lib/router-context.ts'
import { useTRPC } from '../../../lib/trpc.ts'

const fiveMinutes = 300_000

/** The query that knows who is signed in; the root route fetches it with every page. */
export const currentSession = (trpc: RouterContext['trpc']) =>
  trpc.sessions.current.queryOptions(undefined, { staleTime: fiveMinutes })

/** The signed-in person, null when signed out. */
export function useCurrentUser() {
  return useQuery(currentSession(useTRPC())).data?.user ?? null
}

/** For `beforeLoad` of a page that needs an account: sends the others to sign in, and back here after. */
export async function requireUser({
  context: { queryClient, trpc },
  location,
}: {
  context: RouterContext
  location: ParsedLocation
}) {
  const { user } = await loadPage(queryClient.ensureQueryData(currentSession(trpc)))
  if (!user) throw redirect({ to: '/sign-in', search: { next: location.href } })
  return { user }
}
