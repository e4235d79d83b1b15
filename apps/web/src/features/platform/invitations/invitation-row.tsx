import type { InvitationView } from '@galley/contract/platform/invitations'
import { Badge } from '@galley/ui/badge'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { Day } from '../layout/time.tsx'
import { RemoveButton, Row } from '../settings/row.tsx'

/** An invitation that nobody has accepted yet. */
export function InvitationRow({ invitation }: { invitation: InvitationView }) {
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
            Invited by @{invitedBy} on <Day timestamp={createdAt} />
          </span>
          <span>
            Expires on <Day timestamp={expiresAt} />
          </span>
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
