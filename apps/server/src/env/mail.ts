import type { AppDeps } from '@galley/api/ctx'
import type { Mailer } from '@galley/mail/mailer'
import { createSmtpMailer } from '@galley/mail/smtp'
import type { z } from 'zod'
import { MailFrom, needsTls, SmtpUrl } from './addresses.ts'

/** Through what mails leave, and who sends them. */
export const mailVariables = {
  SMTP_URL: SmtpUrl.optional().describe(
    'The mail server, smtp://user:password@host:587 or smtps://. Needed in production, and there with TLS unless it is on this machine or the address ends in ?tls=off; pnpm dev starts one that delivers nothing.',
  ),
  MAIL_FROM: MailFrom.default('Galley <galley@localhost.localdomain>').describe(
    'The sender of mails, Name <address>.',
  ),
}

type MailEnv = z.output<z.ZodObject<typeof mailVariables>> & { NODE_ENV: string }

/** Without a mail server, e-mails wait as failed jobs. */
export function createMailer(
  { NODE_ENV, SMTP_URL, MAIL_FROM }: MailEnv,
  site: AppDeps['site'],
): Mailer {
  if (SMTP_URL === undefined) {
    return { send: () => Promise.reject(new Error('SMTP_URL is not set')) }
  }
  const requireTls = NODE_ENV === 'production' && needsTls(SMTP_URL)
  return createSmtpMailer({ url: SMTP_URL, from: MAIL_FROM, site, requireTls })
}
