import type { InvitationView } from '@galley/contract/platform/invitations'
import type { CurrentUser } from '@galley/contract/platform/users'
import { Badge } from '@galley/ui/badge'
import { EmptyState } from '@galley/ui/empty-state'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { formatDay } from '../../../lib/dates.ts'
import { notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { Pager } from '../layout/pager.tsx'
import { RemoveButton } from '../settings/remove-button.tsx'
import { Row } from '../settings/row.tsx'
import { InviteForm } from './invite-form.tsx'
import { invitationPage } from './queries.ts'

type InvitationsPageProps = { user: CurrentUser; cursor: string | undefined }

/** Invites people by mail, and shows the invitations that nobody has accepted yet. */
export function InvitationsPage({ user, cursor }: InvitationsPageProps) {
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
