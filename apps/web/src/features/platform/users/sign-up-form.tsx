import { CreateUser } from '@galley/contract/platform/users'
import { Button } from '@galley/ui/button'
import { Field, Input } from '@galley/ui/field'
import { useMutation } from '@tanstack/react-query'
import { useApiForm } from '../../../lib/form.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { texts } from '../../../registry/texts.ts'
import { Form } from '../layout/form.tsx'

type SignUpFormProps = {
  /** Called with the address that the mail goes to. */
  onSent: (email: string) => void
  /** The invitation that the person follows: it fixes the address. */
  invitation?: { token: string; email: string }
}

export function SignUpForm({ onSent, invitation }: SignUpFormProps) {
  const signUp = useMutation(useTRPC().users.create.mutationOptions())
  const { register, errors, busy, submit } = useApiForm({
    schema: CreateUser,
    defaultValues: { displayName: '', username: '', email: invitation?.email ?? '', password: '' },
    send: (input) => signUp.mutateAsync({ ...input, invitation: invitation?.token }),
    onSuccess: (_, form) => onSent(form.sent.email.trim()),
  })
  return (
    <Form submit={submit} failure={errors.root?.message}>
      <Field label="Name" hint={texts.displayName} error={errors.displayName?.message}>
        <Input autoComplete="name" required {...register('displayName')} />
      </Field>
      <Field label="Username" hint={texts.username} error={errors.username?.message}>
        <Input
          autoComplete="nickname"
          autoCapitalize="none"
          spellCheck={false}
          required
          {...register('username')}
        />
      </Field>
      <Field label="E-mail address" hint="Never shown to others." error={errors.email?.message}>
        <Input
          type="email"
          autoComplete="username"
          required
          readOnly={invitation !== undefined}
          {...register('email')}
        />
      </Field>
      <Field label="Password" hint="At least 8 characters." error={errors.password?.message}>
        <Input type="password" autoComplete="new-password" required {...register('password')} />
      </Field>
      <Button type="submit" busy={busy} className="mt-2">
        Create account
      </Button>
    </Form>
  )
}
