import { zodResolver } from '@hookform/resolvers/zod'
import { type CurrentUser, UpdateProfile } from '@galley/contract/users'
import { Button } from '@galley/ui/button'
import { Field, Input, Textarea } from '@galley/ui/field'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { showFailure } from '../../lib/form.ts'
import { notify } from '../../lib/notify.ts'
import { useTRPC } from '../../lib/trpc.ts'
import { FormFailure } from '../layout/form-failure.tsx'
import { currentSession } from '../sessions/current-user.ts'

const Profile = UpdateProfile.required()

export function ProfileForm({ user }: { user: CurrentUser }) {
  const { displayName, username, bio } = user
  const save = useSaveProfile()
  const form = useForm({
    resolver: zodResolver(Profile),
    defaultValues: { displayName, username, bio },
  })
  const { errors } = form.formState
  const send = form.handleSubmit(async (values) => {
    try {
      const saved = await save.mutateAsync(values)
      form.reset({ displayName: saved.displayName, username: saved.username, bio: saved.bio })
      void notify({ title: 'Your profile is saved.' })
    } catch (error) {
      showFailure(form, error)
    }
  })
  return (
    <form
      method="post"
      onSubmit={(event) => void send(event)}
      noValidate
      className="flex flex-col gap-5"
    >
      <FormFailure message={errors.root?.message} />
      <Field label="Name" error={errors.displayName?.message}>
        <Input autoComplete="name" {...form.register('displayName')} />
      </Field>
      <Field
        label="Username"
        hint="Changing it changes the address of your page."
        error={errors.username?.message}
      >
        <Input autoCapitalize="none" spellCheck={false} {...form.register('username')} />
      </Field>
      <Field label="About you" hint="At most 500 characters." error={errors.bio?.message}>
        <Textarea rows={5} className="min-h-36" {...form.register('bio')} />
      </Field>
      <Button type="submit" busy={save.isPending} className="mt-2 self-start">
        Save
      </Button>
    </form>
  )
}

/** Everything that may show the old name is fetched again. */
function useSaveProfile() {
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
