import type { InvitationView } from '@galley/contract/platform/invitations'
import { Badge } from '@galley/ui/badge'
import { EmptyState } from '@galley/ui/empty-state'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { InviteForm } from '../features/platform/invitations/invite-form.tsx'
import { Pager } from '../features/platform/layout/pager.tsx'
import { formatDay } from '../features/platform/layout/time.tsx'
import { RemoveButton, Row } from '../features/platform/settings/row.tsx'
import { pageHead } from '../lib/head.ts'
import { notifyFailure } from '../lib/notify.ts'
import { loadPage } from '../lib/page-error.ts'
import type { RouterContext } from '../lib/router-context.ts'
import { cursorSearch } from '../lib/search.ts'
import { useTRPC } from '../lib/trpc.ts'

export const Route = createFileRoute('/admin/invitations')({
  validateSearch: cursorSearch,
  loaderDeps: ({ search: { cursor } }) => ({ cursor }),
  loader: ({ context: { queryClient, trpc }, deps: { cursor } }) =>
    loadPage(queryClient.ensureQueryData(invitationPage(trpc, cursor))),
  head: ({ match }) => pageHead(match.context.site, { title: 'Invitations', hidden: true }),
  component: Invitations,
})

/** Invites people by mail, and shows the invitations that nobody has accepted yet. */
function Invitations() {
  const { user } = Route.useRouteContext()
  const { cursor } = Route.useSearch()
  const { data } = useSuspenseQuery(invitationPage(useTRPC(), cursor))
  return (
    <>
      <InviteForm user={user} />
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
      <Pager cursor={cursor} nextCursor={data.page.nextCursor} first="Newest" next="Older" />
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

const invitationPage = (trpc: RouterContext['trpc'], cursor: string | undefined) =>
  trpc.invitations.list.queryOptions({ cursor, limit: 25 }, { staleTime: 0 })
