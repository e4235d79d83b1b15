/** A mail before it is laid out: plain text in parts. */
export type Letter = {
  to: string
  subject: string
  paragraphs: string[]
  /** The one thing to do, as a button and as a plain address. */
  action?: { label: string; url: string }
}

/** What sends mails; slow, and sometimes down: only jobs call it. */
export type Mailer = {
  /** Resolves when the mail server has taken the letter. `id` makes the Message-ID: a letter sent twice has the same one. */
  send(letter: Letter, options: { id: string }): Promise<void>
}
