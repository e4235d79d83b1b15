import { SetPassword } from '@galley/contract/platform/credentials'
import { Button } from '@galley/ui/button'
import { useMutation } from '@tanstack/react-query'
import { useApiForm } from '../../../lib/form.ts'
import { notify } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { Form } from '../layout/form.tsx'
import { useRefreshAccount } from '../settings/use-refresh-account.ts'
import { NewPasswordField } from './new-password-field.tsx'

export function SetPasswordForm({ email }: { email: string }) {
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
