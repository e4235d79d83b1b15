import { Link } from '@tanstack/react-router'
import { textLinkClass } from '../layout/text-link.ts'
import { MailSent } from './mail-sent.tsx'
import { SendMailAgain } from './send-mail-again.tsx'

/** What follows sign-up. */
export function CheckMail({ email, next }: { email: string; next: string | undefined }) {
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
