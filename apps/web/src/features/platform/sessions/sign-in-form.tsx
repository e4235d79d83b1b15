import { CreateSession } from '@galley/contract/platform/sessions'
import { Button, textLinkClass } from '@galley/ui/button'
import { Field, Input } from '@galley/ui/field'
import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { reasonOf } from '../../../lib/errors.ts'
import { useApiForm } from '../../../lib/form.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { Form } from '../layout/form.tsx'
import { SendMailAgain } from '../users/mail-sent.tsx'
import { goOn } from './current-user.ts'

export function SignInForm({ next }: { next: string | undefined }) {
  const navigate = useNavigate()
  const signIn = useMutation(useTRPC().sessions.create.mutationOptions())
  const { register, errors, busy, submit } = useApiForm({
    schema: CreateSession,
    defaultValues: { email: '', password: '' },
    send: signIn.mutateAsync,
    onSuccess: ({ secondFactor }) =>
      secondFactor ? navigate({ to: '/sign-in/second-factor', search: { next } }) : goOn(next),
  })
  const unverified = reasonOf(signIn.error) === 'session/email-unverified'
  return (
    <Form submit={submit} failure={errors.root?.message} action="/forms/sign-in">
      {next !== undefined && <input type="hidden" name="next" value={next} />}
      {unverified && signIn.variables && <SendMailAgain email={signIn.variables.email} />}
      <Field label="E-mail address" error={errors.email?.message}>
        <Input type="email" autoComplete="username" required {...register('email')} />
      </Field>
      <Field label="Password" error={errors.password?.message}>
        <Input type="password" autoComplete="current-password" required {...register('password')} />
      </Field>
      <Button type="submit" busy={busy} className="mt-2">
        Sign in
      </Button>
      <p className="text-sm text-soft">
        <Link to="/forgot-password" className={textLinkClass}>
          Forgot your password?
        </Link>
      </p>
    </Form>
  )
}
