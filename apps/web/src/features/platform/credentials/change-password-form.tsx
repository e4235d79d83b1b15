import { ChangePassword } from '@galley/contract/platform/credentials'
import { Button } from '@galley/ui/button'
import { Field, Input } from '@galley/ui/field'
import { useMutation } from '@tanstack/react-query'
import { useApiForm } from '../../../lib/form.ts'
import { notify } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { Form } from '../layout/form.tsx'
import { useRefreshAccount } from '../settings/use-refresh-account.ts'
import { NewPasswordField } from './new-password-field.tsx'

export function ChangePasswordForm({ email }: { email: string }) {
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
