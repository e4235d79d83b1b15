import { EmptyState } from '@galley/ui/empty-state'
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { PageHeader } from '../features/platform/layout/page-header.tsx'
import { Pager } from '../features/platform/layout/pager.tsx'
import { requireUser } from '../features/platform/sessions/current-user.ts'
import { InvitationRow } from '../features/publishing/co-authors/invitation-row.tsx'
import { coAuthorInvitations } from '../features/publishing/co-authors/queries.ts'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import { cursorSearch } from '../lib/search.ts'
import { useTRPC } from '../lib/trpc.ts'

export const Route = createFileRoute('/me/invitations')({
  validateSearch: cursorSearch,
  loaderDeps: ({ search: { cursor } }) => ({ cursor }),
  beforeLoad: requireUser,
  loader: ({ context: { queryClient, trpc }, deps: { cursor } }) =>
    loadPage(queryClient.ensureQueryData(coAuthorInvitations(trpc, cursor))),
  head: ({ match }) => pageHead(match.context.site, { title: 'Invitations', hidden: true }),
  component: MyInvitations,
})

/** What the person is invited to write along. */
function MyInvitations() {
  const { cursor } = Route.useSearch()
  const { user } = Route.useRouteContext()
  const { data } = useSuspenseQuery(coAuthorInvitations(useTRPC(), cursor))
  return (
    <div className="page max-w-[60rem]">
      <PageHeader title="Invitations" />
      {data.items.length === 0 ? (
        <EmptyState title="No invitations">
          Who invites you to write an article with them, does so by your username, @{user.username}.
        </EmptyState>
      ) : (
        <ul>
          {data.items.map((invitation) => (
            <InvitationRow key={invitation.article.id} invitation={invitation} user={user} />
          ))}
        </ul>
      )}
      <Pager
        cursor={cursor}
        nextCursor={data.page.nextCursor}
        first="First page"
        next="Next page"
      />
    </div>
  )
}
