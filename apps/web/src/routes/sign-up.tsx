import { Notice } from '@galley/ui/notice'
import { createFileRoute, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { FormPage } from '../features/platform/layout/form-page.tsx'
import { textLinkClass } from '../features/platform/layout/text-link.ts'
import { skipWhenSignedIn } from '../features/platform/sessions/enter.ts'
import { CheckMail } from '../features/platform/users/check-mail.tsx'
import { SignUpForm } from '../features/platform/users/sign-up-form.tsx'
import { pageHead } from '../lib/head.ts'
import { useSite } from '../lib/site.ts'
import { texts } from '../registry/texts.ts'
import { textParam } from '../lib/search.ts'

export const Route = createFileRoute('/sign-up')({
  validateSearch: (search): { next?: string } => ({ next: textParam(search, 'next') }),
  beforeLoad: skipWhenSignedIn,
  head: ({ match }) => pageHead(match.context.site, { title: 'Create an account', hidden: true }),
  component: SignUp,
})

function SignUp() {
  const { next } = Route.useSearch()
  const { signUp } = useSite()
  const [sentTo, setSentTo] = useState<string>()
  if (sentTo !== undefined) {
    return (
      <FormPage title="Check your mail">
        <CheckMail email={sentTo} next={next} />
      </FormPage>
    )
  }
  if (signUp === 'invite' || signUp === 'closed') {
    return (
      <FormPage title="Create an account">
        <Notice
          tone="warn"
          title={
            signUp === 'invite'
              ? 'You need an invitation to create an account here. Open the link in its e-mail.'
              : 'This site does not take new accounts.'
          }
        />
        <Link to="/sign-in" search={{ next }} className={textLinkClass}>
          Sign in
        </Link>
      </FormPage>
    )
  }
  return (
    <FormPage
      title="Create an account"
      lead={
        <>
          {texts.signUp[signUp]} Already have one?{' '}
          <Link to="/sign-in" search={{ next }} className={textLinkClass}>
            Sign in
          </Link>
        </>
      }
    >
      <SignUpForm onSent={setSentTo} />
    </FormPage>
  )
}
