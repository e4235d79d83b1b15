import { createFileRoute, Link } from '@tanstack/react-router'
import { signInProviders } from '../features/platform/identities/queries.ts'
import { FormPage } from '../features/platform/layout/form-page.tsx'
import { textLinkClass } from '../features/platform/layout/text-link.ts'
import { skipWhenSignedIn } from '../features/platform/sessions/enter.ts'
import { OtherWaysIn } from '../features/platform/sessions/other-ways-in.tsx'
import { SignInForm } from '../features/platform/sessions/sign-in-form.tsx'
import { SignInProblem } from '../features/platform/sessions/sign-in-problem.tsx'
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
      <OtherWaysIn next={next} />
    </FormPage>
  )
}
