import { ChangePassword, SetPassword } from '@galley/contract/platform/credentials'
import { Button } from '@galley/ui/button'
import { Field, Input } from '@galley/ui/field'
import { useMutation } from '@tanstack/react-query'
import { useApiForm } from '../../../lib/form.ts'
import { notify } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { Form } from '../layout/form.tsx'
import { Section } from '../layout/section.tsx'
import { useRefreshAccount } from '../settings/account-queries.ts'
import { NewPasswordField } from './credential-fields.tsx'

/** Changes the password; an account that came by a provider or a passkey can get its first one. */
export function PasswordSection({ email, isSet }: { email: string; isSet: boolean }) {
  return (
    <Section
      title="Password"
      lead={
        isSet
          ? 'Changing it signs out all your other devices.'
          : 'Your account has no password yet. With one, you can also sign in with your e-mail address.'
      }
    >
      <div className="max-w-form">
        {isSet ? <ChangePasswordForm email={email} /> : <SetPasswordForm email={email} />}
      </div>
    </Section>
  )
}

function ChangePasswordForm({ email }: { email: string }) {
  const refresh = useRefreshAccount()
  const change = useMutation(useTRPC().credentials.changePassword.mutationOptions())
  const { register, errors, busy, submit } = useApiForm({
    schema: ChangePassword,
    defaultValues: { currentPassword: '', password: '' },
    send: change.mutateAsync,
    onSuccess: (_, form) => {
      form.reset()
      void refresh()
      void notify({ title: 'Your password is changed.' })
    },
  })
  return (
    <Form submit={submit} failure={errors.root?.message}>
      <input type="text" autoComplete="username" value={email} readOnly hidden />
      <Field label="Current password" error={errors.currentPassword?.message}>
        <Input type="password" autoComplete="current-password" {...register('currentPassword')} />
      </Field>
      <NewPasswordField error={errors.password?.message} {...register('password')} />
      <Button type="submit" busy={busy} className="self-start">
        Change the password
      </Button>
    </Form>
  )
}

function SetPasswordForm({ email }: { email: string }) {
  const refresh = useRefreshAccount()
  const set = useMutation(useTRPC().credentials.setPassword.mutationOptions())
  const { register, errors, busy, submit } = useApiForm({
    schema: SetPassword,
    defaultValues: { password: '' },
    send: set.mutateAsync,
    onSuccess: () => {
      void refresh()
      void notify({ title: 'Your account has a password now.' })
    },
  })
  return (
    <Form submit={submit} failure={errors.root?.message}>
      <input type="text" autoComplete="username" value={email} readOnly hidden />
      <NewPasswordField error={errors.password?.message} {...register('password')} />
      <Button type="submit" busy={busy} className="self-start">
        Set the password
      </Button>
    </Form>
  )
}
