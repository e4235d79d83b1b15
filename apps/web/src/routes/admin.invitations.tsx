import type { ListInvitations } from '@galley/contract/platform/invitations'
import { EmptyState } from '@galley/ui/empty-state'
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { InvitationFilter } from '../features/platform/invitations/invitation-filter.tsx'
import { InvitationRow } from '../features/platform/invitations/invitation-row.tsx'
import { InviteForm } from '../features/platform/invitations/invite-form.tsx'
import { Pager } from '../features/platform/layout/pager.tsx'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import type { RouterContext } from '../lib/router-context.ts'
import { cursorSearch, oneOf } from '../lib/search.ts'
import { useTRPC } from '../lib/trpc.ts'

const roles = ['reader', 'author', 'editor', 'admin'] as const
const sorts = ['oldest', 'expires'] as const

export const Route = createFileRoute('/admin/invitations')({
  validateSearch: (search): Partial<Omit<ListInvitations, 'limit'>> => ({
    ...cursorSearch(search),
    role: oneOf(roles, search['role']),
    sort: oneOf(sorts, search['sort']),
  }),
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queryClient, trpc }, deps }) =>
    loadPage(queryClient.ensureQueryData(invitationPage(trpc, deps))),
  head: ({ match }) => pageHead(match.context.site, { title: 'Invitations', hidden: true }),
  component: Invitations,
})

/** Invites people by mail, and shows the invitations that nobody has accepted yet. */
function Invitations() {
  const { user } = Route.useRouteContext()
  const filter = Route.useSearch()
  const { data } = useSuspenseQuery(invitationPage(useTRPC(), filter))
  return (
    <>
      <InviteForm user={user} />
      <InvitationFilter filter={filter} />
      {data.items.length === 0 ? (
        <EmptyState title="No open invitations">
          Invitations that have been accepted are among the people.
        </EmptyState>
      ) : (
        <ul aria-label="Open invitations">
          {data.items.map((invitation) => (
            <InvitationRow key={invitation.id} invitation={invitation} />
          ))}
        </ul>
      )}
      <Pager
        cursor={filter.cursor}
        nextCursor={data.page.nextCursor}
        first="First page"
        next="Next page"
        filter={{ role: filter.role, sort: filter.sort }}
      />
    </>
  )
}

const invitationPage = (trpc: RouterContext['trpc'], filter: Partial<ListInvitations>) =>
  trpc.invitations.list.queryOptions({ ...filter, limit: 25 }, { staleTime: 0 })
