import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTRPC } from '../../../lib/trpc.ts'
import { textLinkClass } from '../layout/text-link.ts'
import { LinkPage } from './link-page.tsx'

/** The end of a change of e-mail address. */
export function ConfirmEmailPage({ token }: { token: string | undefined }) {
  return (
    <LinkPage
      title="Confirm your new address"
      lead="You will sign in with it from now on, and we will send your mail to it."
      action="Use this address"
      token={token}
      confirmation={useMutation(useTRPC().users.confirmEmailChange.mutationOptions())}
      done={(email) => `Your address is now ${email}.`}
      goOn={{ to: '/settings/account', text: 'Go to your account' }}
      otherwise={
        <p className="text-sm text-soft">
          Ask for a new mail in{' '}
          <Link to="/settings/account" className={textLinkClass}>
            your account settings
          </Link>
          .
        </p>
      }
    />
  )
}
