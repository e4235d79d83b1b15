import type { ReactNode } from 'react'
import { Answer } from '../layout/answer.tsx'
import { textLinkClass } from '../layout/text-link.ts'

/** Says that a mail is on its way, and nothing about whether there is an account. */
export function MailSent({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Answer tone="good" title={title}>
      <p>{children}</p>
      {import.meta.env.DEV && (
        <p>
          In development, mail is delivered only to{' '}
          <a href="/dev/mail" className={textLinkClass}>
            /dev/mail
          </a>
          .
        </p>
      )}
    </Answer>
  )
}
