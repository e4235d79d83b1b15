import { createFileRoute, Link } from '@tanstack/react-router'
import { FormPage } from '../features/layout/form-page.tsx'
import { textLinkClass } from '../features/layout/text-link.ts'
import { skipWhenSignedIn } from '../features/sessions/enter.ts'
import { SecondFactorForm } from '../features/sessions/second-factor-form.tsx'
import { pageHead } from '../lib/head.ts'
import { textParam } from '../lib/search.ts'

export const Route = createFileRoute('/sign-in/second-factor')({
  validateSearch: (search): { next?: string } => ({ next: textParam(search, 'next') }),
  beforeLoad: skipWhenSignedIn,
  head: ({ match }) => pageHead(match.context.site, { title: 'Second factor', hidden: true }),
  component: SecondFactor,
})

function SecondFactor() {
  const { next } = Route.useSearch()
  return (
    <FormPage
      title="Second factor"
      lead={
        <>
          Your account asks for a code.{' '}
          <Link to="/sign-in" search={{ next }} className={textLinkClass}>
            Begin again
          </Link>{' '}
          if it took too long.
        </>
      }
    >
      <SecondFactorForm next={next} />
    </FormPage>
  )
}
