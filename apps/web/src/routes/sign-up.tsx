import { createFileRoute, Link } from '@tanstack/react-router'
import { FormPage } from '../features/layout/form-page.tsx'
import { skipWhenSignedIn } from '../features/sessions/enter.ts'
import { SignUpForm } from '../features/users/sign-up-form.tsx'
import { pageHead } from '../lib/head.ts'
import { textParam } from '../lib/search.ts'

export const Route = createFileRoute('/sign-up')({
  validateSearch: (search): { next?: string } => ({ next: textParam(search, 'next') }),
  beforeLoad: skipWhenSignedIn,
  head: () => pageHead({ title: 'Create an account', hidden: true }),
  component: SignUp,
})

function SignUp() {
  const { next } = Route.useSearch()
  return (
    <FormPage
      title="Create an account"
      lead={
        <>
          To write, to comment and to follow authors. Already have one?{' '}
          <Link
            to="/sign-in"
            search={{ next }}
            className="font-medium text-ink underline underline-offset-3 hover:text-accent"
          >
            Sign in
          </Link>
        </>
      }
    >
      <SignUpForm next={next} />
    </FormPage>
  )
}
