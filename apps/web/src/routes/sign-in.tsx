import { createFileRoute, Link } from '@tanstack/react-router'
import { FormPage } from '../features/layout/form-page.tsx'
import { skipWhenSignedIn } from '../features/sessions/enter.ts'
import { SignInForm } from '../features/sessions/sign-in-form.tsx'
import { pageHead } from '../lib/head.ts'
import { textParam } from '../lib/search.ts'

export const Route = createFileRoute('/sign-in')({
  validateSearch: (search): { next?: string } => ({ next: textParam(search, 'next') }),
  beforeLoad: skipWhenSignedIn,
  head: () => pageHead({ title: 'Sign in', hidden: true }),
  component: SignIn,
})

function SignIn() {
  const { next } = Route.useSearch()
  return (
    <FormPage
      title="Sign in"
      lead={
        <>
          No account yet?{' '}
          <Link
            to="/sign-up"
            search={{ next }}
            className="font-medium text-ink underline underline-offset-3 hover:text-accent"
          >
            Create one
          </Link>
        </>
      }
    >
      <SignInForm next={next} />
    </FormPage>
  )
}
