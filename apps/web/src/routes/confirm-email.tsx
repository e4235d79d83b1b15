import { textLinkClass } from '@galley/ui/button'
import { useMutation } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import { LinkPage } from '../features/platform/users/link-page.tsx'
import { pageHead } from '../lib/head.ts'
import { textParam } from '../lib/search.ts'
import { useTRPC } from '../lib/trpc.ts'

export const Route = createFileRoute('/confirm-email')({
  validateSearch: (search): { token?: string } => ({ token: textParam(search, 'token') }),
  head: ({ match }) =>
    pageHead(match.context.site, { title: 'Confirm your new address', hidden: true, secret: true }),
  component: ConfirmEmail,
})

/** The end of a change of e-mail address. */
function ConfirmEmail() {
  return (
    <LinkPage
      title="Confirm your new address"
      lead="You will sign in with it from now on, and we will send your mail to it."
      action="Use this address"
      token={Route.useSearch().token}
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
