import { type ManagedUser, Role } from '@galley/contract/platform/users'
import { Button } from '@galley/ui/button'
import { Field, Select } from '@galley/ui/field'
import { useMutation } from '@tanstack/react-query'
import { useState, type SubmitEvent } from 'react'
import { notify, notifyFailure } from '../../../../lib/notify.ts'
import { isolated } from '../../../../lib/isolated.ts'
import { useTRPC } from '../../../../lib/trpc.ts'
import { useRefreshPeople } from './use-refresh-people.ts'

/** Gives a person one of the roles that the signed-in one may grant. */
export function RoleForm({ person }: { person: ManagedUser }) {
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
      <Field label={`Role of ${isolated(displayName)}`} hideLabel>
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
