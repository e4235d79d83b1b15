import { SetPassword } from '@galley/contract/platform/credentials'
import { Button, buttonClass, textLinkClass } from '@galley/ui/button'
import { Notice } from '@galley/ui/notice'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useApiForm } from '../../../lib/form.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { FormResult, Form } from '../layout/form.tsx'
import { useLinkToken } from '../users/link-page.tsx'
import { NewPasswordField } from './credential-fields.tsx'

/** Chooses a new password by a mailed link. */
export function ResetPasswordForm(props: { token: string | undefined }) {
  const token = useLinkToken(props.token) ?? ''
  const reset = useMutation(useTRPC().credentials.resetPassword.mutationOptions())
  const { register, errors, busy, submit } = useApiForm({
    schema: SetPassword,
    defaultValues: { password: '' },
    send: ({ password }) => reset.mutateAsync({ token, password }),
    onSuccess: () => {},
  })
  if (reset.isSuccess) {
    return (
      <>
        <FormResult tone="good" title="Your password is changed.">
          <p>
            Every device is signed out, and personal tokens no longer work. Sign in with the new
            password.
          </p>
        </FormResult>
        <Link to="/sign-in" reloadDocument className={buttonClass('solid', 'normal', 'self-start')}>
          Sign in
        </Link>
      </>
    )
  }
  if (token === '') {
    return (
      <Notice tone="warn" title="This link is incomplete. Open the one in the mail again.">
        <AskAgain />
      </Notice>
    )
  }
  return (
    <Form submit={submit} failure={errors.root?.message}>
      {reset.isError && <AskAgain />}
      <NewPasswordField error={errors.password?.message} {...register('password')} />
      <Button type="submit" busy={busy} className="mt-2">
        Change the password
      </Button>
    </Form>
  )
}

function AskAgain() {
  return (
    <p className="text-sm">
      <Link to="/forgot-password" className={textLinkClass}>
        Ask for a new link
      </Link>
    </p>
  )
}
