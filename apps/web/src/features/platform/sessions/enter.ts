import { redirect } from '@tanstack/react-router'
import { loadPage } from '../../../lib/page-error.ts'
import type { RouterContext } from '../../../lib/router-context.ts'
import { safeNext } from '@galley/contract/platform/safe-next'
import { currentSession } from './current-user.ts'

/** For `beforeLoad` of the sign-in and sign-up pages: whoever is signed in goes straight on. */
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
