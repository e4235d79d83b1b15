import { inSpan, type SpanOptions } from '@galley/tracing/span'
import type { Transporter } from 'nodemailer'
import { layOut } from './layout.ts'
import type { Mailer } from './mailer.ts'

type Options = {
  /** `smtp://user:password@host:587` (STARTTLS where offered) or `smtps://...:465`. */
  url: string
  /** `Name <address>` or an address. */
  from: string
  site: { name: string; origin: string }
  /** Never to send over a connection that the server would not encrypt: false. */
  requireTls?: boolean
}

const CONNECT_MS = 10_000
const SILENCE_MS = 20_000

/** A mailer over SMTP. Opens a connection per e-mail: they are few, and servers close idle ones. */
export function createSmtpMailer({ url, from, site, requireTls = false }: Options): Mailer {
  const { protocol, hostname, port, username, password } = new URL(url)
  const isSecure = protocol === 'smtps:'
  const options = {
    host: hostname.replaceAll(/[[\]]/g, ''),
    port: Number(port) || (isSecure ? 465 : 587),
    secure: isSecure,
    requireTLS: requireTls,
    ...(username && {
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    // An e-mail is text and links of ours: nothing is read from files or fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  }
  // Only where e-mails are sent: not in a server whose jobs run elsewhere.
  let transport: Transporter | undefined
  const transporter = async () =>
    (transport ??= (await import('nodemailer')).createTransport(options))
  const domain = new URL(site.origin).hostname

  const span: SpanOptions = {
    kind: 'client',
    attributes: {
      'network.protocol.name': 'smtp',
      'server.address': options.host,
      'server.port': options.port,
    },
  }

  return {
    async send(email, { id }) {
      const { text, html } = layOut(email, site)
      const client = await transporter()
      const message = {
        from,
        to: { name: '', address: email.to },
        subject: email.subject,
        text,
        html,
        messageId: `<${id}@${domain}>`,
        // No vacation note in return (RFC 3834).
        headers: {
          'Auto-Submitted': 'auto-generated',
          ...(email.unsubscribe && {
            'List-Unsubscribe': `<${email.unsubscribe.url}>`,
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          }),
        },
      }
      await inSpan('send mail', span, () => client.sendMail(message))
    },
  }
}
