/** An e-mail before it is laid out: plain text in parts. */
export type Email = {
  to: string
  subject: string
  paragraphs: string[]
  /** The one thing to do, as a button and as a plain address. */
  action?: { label: string; url: string }
  /** What it tells of, each with its address. */
  links?: { label: string; url: string }[]
  /** The address that ends such e-mails by one request (RFC 8058), and what it ends. */
  unsubscribe?: { url: string; from: string }
}

/** What sends e-mails; slow, and sometimes down: only jobs call it. */
export type Mailer = {
  /** Resolves when the mail server has taken the e-mail. `id` makes the Message-ID: one sent twice has the same. */
  send(email: Email, options: { id: string }): Promise<void>
}
