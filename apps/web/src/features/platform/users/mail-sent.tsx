import { Button, textLinkClass } from '@galley/ui/button'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { notify, notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { FormResult } from '../layout/form.tsx'

/** Says that a mail is on its way, and nothing about whether there is an account. */
export function MailSent({ title, children }: { title: string; children: ReactNode }) {
  return (
    <FormResult tone="good" title={title}>
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
    </FormResult>
  )
}

/** Asks for the mail with the confirmation link once more. */
export function SendMailAgain({ email }: { email: string }) {
  const send = useMutation(
    useTRPC().users.resendVerification.mutationOptions({
      onSuccess: () =>
        void notify({
          title: 'A mail is sent every ten minutes at most.',
          description: 'Until the next one arrives, the link in the last one works.',
        }),
      onError: notifyFailure('No mail was sent.'),
    }),
  )
  return (
    <Button
      variant="line"
      className="self-start"
      busy={send.isPending}
      onClick={() => send.mutate({ email })}
    >
      Send the mail again
    </Button>
  )
}
