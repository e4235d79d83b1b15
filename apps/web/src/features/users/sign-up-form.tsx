import { zodResolver } from '@hookform/resolvers/zod'
import { CreateUser } from '@galley/contract/users'
import { Button } from '@galley/ui/button'
import { Field, Input } from '@galley/ui/field'
import { useMutation } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { showFailure } from '../../lib/form.ts'
import { useTRPC } from '../../lib/trpc.ts'
import { FormFailure } from '../layout/form-failure.tsx'
import { goOn } from '../sessions/enter.ts'

export function SignUpForm({ next }: { next: string | undefined }) {
  const signUp = useMutation(useTRPC().users.create.mutationOptions())
  const form = useForm({
    resolver: zodResolver(CreateUser),
    defaultValues: { displayName: '', username: '', email: '', password: '' },
  })
  const { errors } = form.formState
  const send = form.handleSubmit(async (values) => {
    try {
      await signUp.mutateAsync(values)
      goOn(next)
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
      <Field
        label="Name"
        hint="As it stands above your articles."
        error={errors.displayName?.message}
      >
        <Input autoComplete="name" required {...form.register('displayName')} />
      </Field>
      <Field
        label="Username"
        hint="3 to 30 letters, digits or hyphens; the address of your page."
        error={errors.username?.message}
      >
        <Input
          autoComplete="nickname"
          autoCapitalize="none"
          spellCheck={false}
          required
          {...form.register('username')}
        />
      </Field>
      <Field label="E-mail address" hint="Never shown to others." error={errors.email?.message}>
        <Input type="email" autoComplete="username" required {...form.register('email')} />
      </Field>
      <Field label="Password" hint="At least 8 characters." error={errors.password?.message}>
        <Input
          type="password"
          autoComplete="new-password"
          required
          {...form.register('password')}
        />
      </Field>
      <Button type="submit" busy={signUp.isPending || signUp.isSuccess} className="mt-2">
        Create account
      </Button>
    </form>
  )
}
