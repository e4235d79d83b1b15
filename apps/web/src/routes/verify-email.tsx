import { CreateSession } from '@galley/contract/platform/sessions'
import { Button, textLinkClass } from '@galley/ui/button'
import { Field, Input } from '@galley/ui/field'
import { useMutation } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import { Form } from '../features/platform/layout/form.tsx'
import { LinkPage } from '../features/platform/users/link-page.tsx'
import { reasonOf } from '../lib/errors.ts'
import { useApiForm } from '../lib/form.ts'
import { pageHead } from '../lib/head.ts'
import { textParam } from '../lib/search.ts'
import { useTRPC } from '../lib/trpc.ts'

export const Route = createFileRoute('/verify-email')({
  validateSearch: (search): { token?: string } => ({ token: textParam(search, 'token') }),
  head: ({ match }) =>
    pageHead(match.context.site, { title: 'Confirm your address', hidden: true, secret: true }),
  component: VerifyEmail,
})

const ByPassword = CreateSession.pick({ password: true })

/** In the browser of the sign-up one press is enough; in another one the password says whose sign-up it is. */
function VerifyEmail() {
  const verify = useMutation(useTRPC().users.verifyEmail.mutationOptions())
  const reason = reasonOf(verify.error)
  const asksPassword = reason === 'link/password-required' || reason === 'password/wrong'
  return (
    <LinkPage
      title="Confirm your address"
      lead="Confirm that this address is yours, then sign in."
      action="Confirm this address"
      token={Route.useSearch().token}
      confirmation={verify}
      renderForm={
        asksPassword
          ? (token) => (
              <SignUpPassword send={({ password }) => verify.mutateAsync({ token, password })} />
            )
          : undefined
      }
      done={(email) => `${email} is confirmed.`}
      goOn={{ to: '/sign-in', text: 'Sign in' }}
      otherwise={
        <p className="text-sm text-soft">
          <Link to="/sign-in" className={textLinkClass}>
            Sign in
          </Link>{' '}
          with your password to have a new mail sent, or{' '}
          <Link to="/forgot-password" className={textLinkClass}>
            choose a new password
          </Link>
          .
        </p>
      }
    />
  )
}

type SignUpPasswordProps = { send: (values: { password: string }) => Promise<unknown> }

function SignUpPassword({ send }: SignUpPasswordProps) {
  const { register, errors, busy, submit } = useApiForm({
    schema: ByPassword,
    defaultValues: { password: '' },
    send,
    onSuccess: () => {},
  })
  return (
    <Form submit={submit} failure={errors.root?.message}>
      <p className="text-sm">
        This is not the browser in which you signed up. Enter the password that you chose there. If
        you did not sign up, do not go on.
      </p>
      <Field label="Password" error={errors.password?.message}>
        <Input type="password" autoComplete="current-password" required {...register('password')} />
      </Field>
      <Button type="submit" busy={busy} className="self-start">
        Confirm this address
      </Button>
    </Form>
  )
}
