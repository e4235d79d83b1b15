import { safeNext } from '@galley/contract/platform/safe-next'
import type { CurrentUser } from '@galley/contract/platform/users'
import { useQuery } from '@tanstack/react-query'
import { notFound, type ParsedLocation, redirect } from '@tanstack/react-router'
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

/** For `beforeLoad` of a page below `/admin` that only admins have; for others there is nothing at its address. */
export function requireAdmin({ context: { user } }: { context: { user: CurrentUser } }) {
  if (!user.can.administer) throw notFound()
}

/** For `beforeLoad` of the sign-in and sign-up pages: a signed-in person goes straight on. */
export async function skipWhenSignedIn({
  context: { queryClient, trpc },
  search,
}: {
  context: RouterContext
  search: { next?: string }
}) {
  const { user } = await loadPage(queryClient.ensureQueryData(currentSession(trpc)))
  if (user) throw redirect({ href: safeNext(search.next) })
}

/** Goes on by a full page load, so that nothing fetched before signing in is shown after it; never resolves. */
export const goOn = (next: string | undefined) =>
  new Promise<never>(() => window.location.assign(safeNext(next)))
