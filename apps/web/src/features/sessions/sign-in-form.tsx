import { CreateSession } from '@galley/contract/sessions'
import { Button } from '@galley/ui/button'
import { Field, Input } from '@galley/ui/field'
import { useMutation } from '@tanstack/react-query'
import { useApiForm } from '../../lib/form.ts'
import { useTRPC } from '../../lib/trpc.ts'
import { Form } from '../layout/form.tsx'
import { goOn } from './enter.ts'

export function SignInForm({ next }: { next: string | undefined }) {
  const signIn = useMutation(useTRPC().sessions.create.mutationOptions())
  const { register, errors, busy, submit } = useApiForm({
    schema: CreateSession,
    defaultValues: { email: '', password: '' },
    send: signIn.mutateAsync,
    onSuccess: () => goOn(next),
  })
  return (
    <Form submit={submit} failure={errors.root?.message}>
      <Field label="E-mail address" error={errors.email?.message}>
        <Input type="email" autoComplete="username" required {...register('email')} />
      </Field>
      <Field label="Password" error={errors.password?.message}>
        <Input type="password" autoComplete="current-password" required {...register('password')} />
      </Field>
      <Button type="submit" busy={busy || signIn.isSuccess} className="mt-2">
        Sign in
      </Button>
    </Form>
  )
}
