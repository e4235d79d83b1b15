import { createFileRoute, Link } from '@tanstack/react-router'
import { FormPage } from '../features/platform/layout/form-page.tsx'
import { textLinkClass } from '../features/platform/layout/text-link.ts'
import { skipWhenSignedIn } from '../features/platform/sessions/enter.ts'
import { SecondFactorForm } from '../features/platform/sessions/second-factor-form.tsx'
import { SignInProblem } from '../features/platform/sessions/sign-in-problem.tsx'
import { pageHead } from '../lib/head.ts'
import { textParam } from '../lib/search.ts'

export const Route = createFileRoute('/sign-in/second-factor')({
  validateSearch: (search): { next?: string; problem?: string; wait?: string } => ({
    next: textParam(search, 'next'),
    problem: textParam(search, 'problem'),
    wait: textParam(search, 'wait'),
  }),
  beforeLoad: skipWhenSignedIn,
  head: ({ match }) => pageHead(match.context.site, { title: 'Second factor', hidden: true }),
  component: SecondFactor,
})

function SecondFactor() {
  const { next, problem, wait } = Route.useSearch()
  return (
    <FormPage
      plain
      title="Second factor"
      lead={
        <>
          Enter the code from your authenticator.{' '}
          <Link to="/sign-in" search={{ next }} className={textLinkClass}>
            Start again
          </Link>{' '}
          if it has expired.
        </>
      }
    >
      <SignInProblem reason={problem} wait={wait} />
      <SecondFactorForm next={next} />
    </FormPage>
  )
}
