import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTRPC } from '../../lib/trpc.ts'
import { textLinkClass } from '../layout/text-link.ts'
import { LinkPage } from './link-page.tsx'

export function VerifyEmailPage({ token }: { token: string | undefined }) {
  return (
    <LinkPage
      title="Confirm your address"
      lead="Confirm that this address is yours, then sign in."
      action="Confirm this address"
      token={token}
      confirmation={useMutation(useTRPC().users.verifyEmail.mutationOptions())}
      done={(email) => `${email} is confirmed.`}
      goOn={{ to: '/sign-in', text: 'Sign in' }}
      otherwise={
        <p className="text-sm text-soft">
          <Link to="/sign-in" className={textLinkClass}>
            Sign in
          </Link>{' '}
          with your password to have a new mail sent.
        </p>
      }
    />
  )
}
