import type { ManagedUser } from '@galley/contract/platform/users'
import { Button } from '@galley/ui/button'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { notify, notifyFailure } from '../../../../lib/notify.ts'
import { useTRPC } from '../../../../lib/trpc.ts'
import { RemoveButton } from '../../settings/remove-button.tsx'
import { RoleForm } from './role-form.tsx'
import { SuspendDialog } from './suspend-dialog.tsx'
import { useRefreshPeople } from './use-refresh-people.ts'

/** What the signed-in person may do to this one. */
export function ManagePerson({ person }: { person: ManagedUser }) {
  const [suspending, setSuspending] = useState(false)
  const { can } = person
  return (
    <div className="flex flex-wrap items-end gap-4 pt-3 pb-1">
      {can.grant.length > 0 && <RoleForm key={person.role} person={person} />}
      {can.suspend && (
        <Button variant="line" size="small" onClick={() => setSuspending(true)}>
          Suspend
        </Button>
      )}
      {can.restore && <RestoreButton person={person} />}
      {can.revokeSessions && <EndSessionsButton person={person} />}
      {can.resetSecondFactor && <ResetSecondFactorButton person={person} />}
      {suspending && <SuspendDialog person={person} onClose={() => setSuspending(false)} />}
    </div>
  )
}

function RestoreButton({ person: { id, displayName } }: { person: ManagedUser }) {
  const refresh = useRefreshPeople()
  const restore = useMutation(
    useTRPC().users.restore.mutationOptions({
      onSuccess: async () => {
        await refresh()
        void notify({ title: `${displayName} can write again.` })
      },
      onError: notifyFailure('The account is still suspended.'),
    }),
  )
  return (
    <Button
      variant="line"
      size="small"
      busy={restore.isPending}
      onClick={() => restore.mutate({ id })}
    >
      Restore
    </Button>
  )
}

function EndSessionsButton({ person: { id, displayName } }: { person: ManagedUser }) {
  const refresh = useRefreshPeople()
  const revoke = useMutation(
    useTRPC().users.revokeSessions.mutationOptions({
      onSuccess: async ({ count }) => {
        await refresh()
        void notify({ title: `${count} ${count === 1 ? 'session has' : 'sessions have'} ended.` })
      },
      onError: notifyFailure('The sessions were not ended.'),
    }),
  )
  return (
    <RemoveButton
      action="End sessions"
      name={`of ${displayName}`}
      question={`End all sessions of ${displayName}?`}
      description="Every device and every program is signed out, and personal tokens stop working. They can sign in again."
      busy={revoke.isPending}
      onConfirm={(close) => revoke.mutate({ id }, { onSettled: close })}
    />
  )
}

function ResetSecondFactorButton({ person: { id, displayName } }: { person: ManagedUser }) {
  const refresh = useRefreshPeople()
  const reset = useMutation(
    useTRPC().users.resetSecondFactor.mutationOptions({
      onSuccess: async () => {
        await refresh()
        void notify({ title: `${displayName} can set up another second factor.` })
      },
      onError: notifyFailure('The second factor is still on.'),
    }),
  )
  return (
    <RemoveButton
      action="Reset second factor"
      name={`of ${displayName}`}
      question={`Reset the second factor of ${displayName}?`}
      description="For when it is lost. They are signed out everywhere, told by mail, and can only read until they have set up another one. Make sure that it is them who ask."
      busy={reset.isPending}
      onConfirm={(close) => reset.mutate({ id }, { onSettled: close })}
    />
  )
}
