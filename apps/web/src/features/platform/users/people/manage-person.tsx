import { type ManagedUser, Role } from '@galley/contract/platform/users'
import { Button } from '@galley/ui/button'
import { Field, Select } from '@galley/ui/field'
import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { notify, notifyFailure } from '../../../../lib/notify.ts'
import { useTRPC } from '../../../../lib/trpc.ts'
import { RemoveButton } from '../../settings/row.tsx'
import { useRefreshPeople } from './queries.ts'
import { SuspendDialog } from './suspend-dialog.tsx'

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
      description="Every device and every API client is signed out, and personal tokens stop working. They can sign in again."
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
      description="For when it is lost. They are signed out everywhere, get an e-mail about it, and can only read until they have set up another one. Make sure that the request comes from them."
      busy={reset.isPending}
      onConfirm={(close) => reset.mutate({ id }, { onSettled: close })}
    />
  )
}

/** Gives a person one of the roles that the signed-in one may grant. */
function RoleForm({ person }: { person: ManagedUser }) {
  const { id, displayName, role, can } = person
  const [chosen, setChosen] = useState(role)
  const refresh = useRefreshPeople()
  const setRole = useMutation(
    useTRPC().users.setRole.mutationOptions({
      onSuccess: async (changed) => {
        await refresh()
        void notify({ title: `The role of ${displayName} is now ${changed.role}.` })
      },
      onError: notifyFailure('The role was not changed.'),
    }),
  )
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (chosen !== role) setRole.mutate({ id, role: chosen })
  }
  const choices = Role.options.filter((name) => name === role || can.grant.includes(name))
  return (
    <form onSubmit={submit} className="flex items-end gap-2">
      <Field
        label={
          <>
            Role of <bdi>{displayName}</bdi>
          </>
        }
        hideLabel
      >
        <Select
          value={chosen}
          onChange={(event) => setChosen(Role.parse(event.currentTarget.value))}
          className="min-h-9! py-1! text-xs"
        >
          {choices.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Button type="submit" variant="line" size="small" busy={setRole.isPending}>
        Set role
      </Button>
    </form>
  )
}
