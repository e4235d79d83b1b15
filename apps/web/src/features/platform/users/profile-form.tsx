import { type CurrentUser, UpdateProfile } from '@galley/contract/platform/users'
import { Button } from '@galley/ui/button'
import { Field, Input, Textarea } from '@galley/ui/field'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useApiForm } from '../../../lib/form.ts'
import { notify } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { texts } from '../../../registry/texts.ts'
import { Form } from '../layout/form.tsx'
import { LeaveGuard } from '../layout/leave-guard.tsx'
import { currentSession } from '../sessions/current-user.ts'

const Profile = UpdateProfile.omit({ avatarMediaId: true }).required()

export function ProfileForm({ user }: { user: CurrentUser }) {
  const { displayName, username, bio } = user
  const { register, errors, busy, isDirty, submit } = useApiForm({
    schema: Profile,
    defaultValues: { displayName, username, bio },
    send: useSaveProfile().mutateAsync,
    onSuccess: (saved, form) => {
      form.reset({ displayName: saved.displayName, username: saved.username, bio: saved.bio })
      void notify({ title: 'Your profile is saved.' })
    },
  })
  return (
    <Form submit={submit} failure={errors.root?.message}>
      <LeaveGuard isDirty={isDirty} />
      <Field label="Name" error={errors.displayName?.message}>
        <Input autoComplete="name" {...register('displayName')} />
      </Field>
      <Field label="Username" hint={texts.newUsername} error={errors.username?.message}>
        <Input autoCapitalize="none" spellCheck={false} {...register('username')} />
      </Field>
      <Field label="About you" hint="At most 500 characters." error={errors.bio?.message}>
        <Textarea rows={5} className="min-h-36" {...register('bio')} />
      </Field>
      <Button type="submit" busy={busy} className="mt-2 self-start">
        Save
      </Button>
    </Form>
  )
}

/** Everything that may show the old name is fetched again. */
export function useSaveProfile() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  return useMutation(
    trpc.users.updateProfile.mutationOptions({
      onSuccess: async (user) => {
        await queryClient.invalidateQueries()
        queryClient.setQueryData(currentSession(trpc).queryKey, { user })
      },
    }),
  )
}
