import { CreateInvitation } from '@galley/contract/platform/invitations'
import { type CurrentUser, Role } from '@galley/contract/platform/users'
import { Button } from '@galley/ui/button'
import { Field, Input, Select } from '@galley/ui/field'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useApiForm } from '../../../lib/form.ts'
import { notify } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { Form } from '../layout/form.tsx'

const Invitation = CreateInvitation.required()

/** Editors invite readers and authors; the server decides. */
const rolesFor = (user: CurrentUser) =>
  Role.options.filter((role) => user.can.administer || role === 'reader' || role === 'author')

export function InviteForm({ user }: { user: CurrentUser }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const invite = useMutation(trpc.invitations.create.mutationOptions())
  const { register, errors, busy, submit } = useApiForm({
    schema: Invitation,
    defaultValues: { email: '', role: 'author' },
    send: invite.mutateAsync,
    onSuccess: ({ email }, form) => {
      form.reset()
      void queryClient.invalidateQueries(trpc.invitations.list.pathFilter())
      void notify({ title: `An invitation is on its way to ${email}.` })
    },
  })
  return (
    <Form submit={submit} failure={errors.root?.message}>
      <div className="grid items-start gap-4 py-8 sm:grid-cols-[1fr_auto_auto]">
        <Field label="E-mail address" error={errors.email?.message}>
          <Input type="email" autoComplete="off" required {...register('email')} />
        </Field>
        <Field label="Role" error={errors.role?.message}>
          <Select {...register('role')}>
            {rolesFor(user).map((role) => (
              <option key={role} value={role}>
                {role}
              </option>
            ))}
          </Select>
        </Field>
        <Button type="submit" busy={busy} className="sm:mt-7">
          Invite
        </Button>
      </div>
    </Form>
  )
}
