import { createFileRoute } from '@tanstack/react-router'
import { InvitationsPage } from '../features/platform/invitations/invitations-page.tsx'
import { invitationPage } from '../features/platform/invitations/queries.ts'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import { cursorSearch } from '../lib/search.ts'

export const Route = createFileRoute('/admin/invitations')({
  validateSearch: cursorSearch,
  loaderDeps: ({ search: { cursor } }) => ({ cursor }),
  loader: ({ context: { queryClient, trpc }, deps: { cursor } }) =>
    loadPage(queryClient.ensureQueryData(invitationPage(trpc, cursor))),
  head: ({ match }) => pageHead(match.context.site, { title: 'Invitations', hidden: true }),
  component: Invitations,
})

function Invitations() {
  const { user } = Route.useRouteContext()
  return <InvitationsPage user={user} cursor={Route.useSearch().cursor} />
}
