import type { InvitationView, ListInvitations } from '@galley/contract/platform/invitations'
import { Badge } from '@galley/ui/badge'
import { EmptyState } from '@galley/ui/empty-state'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { InvitationFilter } from '../features/platform/invitations/invitation-filter.tsx'
import { InviteForm } from '../features/platform/invitations/invite-form.tsx'
import { Pager } from '../features/platform/layout/pager.tsx'
import { formatDay } from '../features/platform/layout/time.tsx'
import { RemoveButton, Row } from '../features/platform/settings/row.tsx'
import { pageHead } from '../lib/head.ts'
import { notifyFailure } from '../lib/notify.ts'
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

function InvitationRow({ invitation }: { invitation: InvitationView }) {
  const { id, email, role, invitedBy, createdAt, expiresAt, can } = invitation
  return (
    <Row
      title={
        <>
          <span className="break-all">{email}</span>
          <Badge>{role}</Badge>
        </>
      }
      details={
        <>
          <span>
            Invited by @{invitedBy} on {formatDay(createdAt)}
          </span>
          <span>Expires on {formatDay(expiresAt)}</span>
        </>
      }
      actions={can.delete && <WithdrawButton id={id} email={email} />}
    />
  )
}

function WithdrawButton({ id, email }: { id: string; email: string }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const withdraw = useMutation(
    trpc.invitations.delete.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.invitations.list.pathFilter()),
      onError: notifyFailure('The invitation was not withdrawn.'),
    }),
  )
  return (
    <RemoveButton
      action="Withdraw"
      name={`the invitation of ${email}`}
      question={`Withdraw the invitation of ${email}?`}
      description="The link in the e-mail stops working."
      busy={withdraw.isPending}
      onConfirm={(close) => withdraw.mutate({ id }, { onSettled: close })}
    />
  )
}

const invitationPage = (trpc: RouterContext['trpc'], filter: Partial<ListInvitations>) =>
  trpc.invitations.list.queryOptions({ ...filter, limit: 25 }, { staleTime: 0 })
