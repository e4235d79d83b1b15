import { textLinkClass } from '@galley/ui/button'
import { createFileRoute, Link } from '@tanstack/react-router'
import { ProviderButtons } from '../features/platform/identities/provider-buttons.tsx'
import { FormPage } from '../features/platform/layout/form.tsx'
import { PasskeySignIn } from '../features/platform/passkeys/passkey-buttons.tsx'
import { skipWhenSignedIn } from '../features/platform/sessions/current-user.ts'
import { SignInForm } from '../features/platform/sessions/sign-in-form.tsx'
import { SignInProblem } from '../features/platform/sessions/sign-in-problem.tsx'
import { signInProviders } from '../features/platform/settings/account-queries.ts'
import { pageHead } from '../lib/head.ts'
import { textParam } from '../lib/search.ts'

export const Route = createFileRoute('/sign-in/')({
  validateSearch: (search): { next?: string; problem?: string; wait?: string } => ({
    next: textParam(search, 'next'),
    problem: textParam(search, 'problem'),
    wait: textParam(search, 'wait'),
  }),
  beforeLoad: skipWhenSignedIn,
  // Without the providers the page still works: this never fails.
  loader: ({ context: { queryClient, trpc } }) => queryClient.prefetchQuery(signInProviders(trpc)),
  head: ({ match }) => pageHead(match.context.site, { title: 'Sign in', hidden: true }),
  component: SignIn,
})

function SignIn() {
  const { next, problem, wait } = Route.useSearch()
  return (
    <FormPage
      plain
      title="Sign in"
      lead={
        <>
          No account yet?{' '}
          <Link to="/sign-up" search={{ next }} className={textLinkClass}>
            Create one
          </Link>
        </>
      }
    >
      <SignInProblem reason={problem} wait={wait} />
      <SignInForm next={next} />
      <div className="flex flex-col gap-3 border-t border-rule pt-8 noscript:hidden">
        <PasskeySignIn next={next} />
        <ProviderButtons next={next} />
      </div>
    </FormPage>
  )
}
