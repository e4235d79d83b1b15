import { zodResolver } from '@hookform/resolvers/zod'
import { CreateSession } from '@galley/contract/sessions'
import { Button } from '@galley/ui/button'
import { Field, Input } from '@galley/ui/field'
import { useMutation } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { showFailure } from '../../lib/form.ts'
import { useTRPC } from '../../lib/trpc.ts'
import { FormFailure } from '../layout/form-failure.tsx'
import { goOn } from './enter.ts'

export function SignInForm({ next }: { next: string | undefined }) {
  const signIn = useMutation(useTRPC().sessions.create.mutationOptions())
  const form = useForm({
    resolver: zodResolver(CreateSession),
    defaultValues: { email: '', password: '' },
  })
  const { errors } = form.formState
  const send = form.handleSubmit(async (values) => {
    try {
      await signIn.mutateAsync(values)
      goOn(next)
    } catch (error) {
      showFailure(form, error)
    }
  })
  return (
    // By post: a press before the script is alive must not put the password into the address.
    <form
      method="post"
      onSubmit={(event) => void send(event)}
      noValidate
      className="flex flex-col gap-5"
    >
      <FormFailure message={errors.root?.message} />
      <Field label="E-mail address" error={errors.email?.message}>
        <Input type="email" autoComplete="username" required {...form.register('email')} />
      </Field>
      <Field label="Password" error={errors.password?.message}>
        <Input
          type="password"
          autoComplete="current-password"
          required
          {...form.register('password')}
        />
      </Field>
      <Button type="submit" busy={signIn.isPending || signIn.isSuccess} className="mt-2">
        Sign in
      </Button>
    </form>
  )
}
