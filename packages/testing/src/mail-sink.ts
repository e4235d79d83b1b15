import { channel } from 'node:diagnostics_channel'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'
import { callbackify } from 'node:util'
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

export type SunkMail = {
  /** In order of arrival, from 1. */
  number: number
  at: Date
  from: string
  to: string
  subject: string
  messageId: string
  headers: ReadonlyMap<string, unknown>
  text: string
  html: string
}

/** A real SMTP server that delivers nothing: what it took can be read. */
export type MailSink = {
  url: string
  mails: readonly SunkMail[]
  /** The last mail to this address, waiting up to 30 s for it; `after` skips those with a number up to it. */
  mailTo(address: string, options?: { after?: number }): Promise<SunkMail>
  close(): Promise<void>
}

const KEPT = 200
/** Where what came can be listened to, whoever has started the sink. */
const arrivals = channel('galley:testing:mail')

/** Listens on loopback, on a free port unless one is named. Takes any user and password. */
export async function startMailSink({ port = 0 }: { port?: number } = {}): Promise<MailSink> {
  const mails: SunkMail[] = []
  let waiting: (() => void)[] = []
  let count = 0

  async function take(stream: Readable) {
    const mail = await simpleParser(stream)
    const to = [mail.to ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address))
    mails.push({
      number: ++count,
      at: new Date(),
      from: mail.from?.text ?? '',
      to: to.join(', '),
      subject: mail.subject ?? '',
      messageId: mail.messageId ?? '',
      headers: mail.headers,
      text: mail.text ?? '',
      html: mail.html || '',
    })
    arrivals.publish(mails.at(-1))
    if (mails.length > KEPT) mails.shift()
    for (const wake of waiting.splice(0)) wake()
  }

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username }, _session, done) => done(null, { user: username }),
    onData(stream, _session, done) {
      callbackify(take)(stream, done)
    },
  })
  const listener = server.listen(port, '127.0.0.1')
  await once(listener, 'listening')
  // Of a client that was killed: its mail is not taken, and nothing else follows from it.
  server.on('error', () => {})
  const address = listener.address() as AddressInfo

  return {
    url: `smtp://127.0.0.1:${address.port}`,
    mails,
    async mailTo(wanted, { after = 0 } = {}) {
      const deadline = Date.now() + 30_000
      for (;;) {
        const found = mails.findLast(({ to, number }) => to === wanted && number > after)
        if (found) return found
        const left = deadline - Date.now()
        if (left <= 0) throw new Error(`No mail came to ${wanted}`)
        await new Promise<void>((resolve) => {
          waiting.push(resolve)
          setTimeout(resolve, left)
        })
      }
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
