import { textLinkClass } from '@galley/ui/button'
import { Notice } from '@galley/ui/notice'
import { createFileRoute, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { FormPage } from '../features/platform/layout/form.tsx'
import { skipWhenSignedIn } from '../features/platform/sessions/current-user.ts'
import { MailSent, SendMailAgain } from '../features/platform/users/mail-sent.tsx'
import { SignUpForm } from '../features/platform/users/sign-up-form.tsx'
import { pageHead } from '../lib/head.ts'
import { useSite } from '../lib/router-context.ts'
import { textParam } from '../lib/search.ts'
import { texts } from '../registry/texts.ts'

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

/** What follows sign-up. */
function CheckMail({ email, next }: { email: string; next: string | undefined }) {
  return (
    <div className="flex flex-col gap-6">
      <MailSent title={`A mail is on its way to ${email}.`}>
        Open the link in it to confirm your address. The link works for a day.
      </MailSent>
      <SendMailAgain email={email} />
      <p className="text-sm text-soft">
        Already confirmed?{' '}
        <Link to="/sign-in" search={{ next }} className={textLinkClass}>
          Sign in
        </Link>
      </p>
    </div>
  )
}
