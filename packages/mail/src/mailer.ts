/** An e-mail before it is laid out: plain text in parts. */
export type Email = {
  to: string
  subject: string
  paragraphs: string[]
  /** The one thing to do, as a button and as a plain address. */
  action?: { label: string; url: string }
}

/** What sends e-mails; slow, and sometimes down: only jobs call it. */
export type Mailer = {
  /** Resolves when the mail server has taken the e-mail. `id` makes the Message-ID: one sent twice has the same. */
  send(email: Email, options: { id: string }): Promise<void>
}
