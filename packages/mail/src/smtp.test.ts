import { startMailSink } from '@galley/testing/mail-sink'
import { expect, onTestFinished, test } from 'vitest'
import { createSmtpMailer } from './smtp.ts'

const site = { name: 'The Galley', origin: 'https://galley.test' }
const email = {
  to: 'ada@example.org',
  subject: 'Confirm your address',
  paragraphs: ['Hello Ada <b>Lovelace</b>,', 'one click is missing.'],
  action: { label: 'Confirm', url: 'https://galley.test/verify-email?token=a&b="c"' },
}

async function useMailer() {
  const sink = await startMailSink()
  onTestFinished(() => sink.close())
  const url = sink.url.replace('://', '://sender:pass%40word@')
  const mailer = createSmtpMailer({ url, from: 'The Galley <mail@galley.test>', site })
  return { sink, mailer }
}

test('an e-mail arrives as text and as HTML', async () => {
  const { sink, mailer } = await useMailer()
  await mailer.send(email, { id: 'job-1' })
  const mail = await sink.mailTo('ada@example.org')
  expect(mail).toMatchObject({
    from: '"The Galley" <mail@galley.test>',
    subject: 'Confirm your address',
    messageId: '<job-1@galley.test>',
  })
  expect(mail.text).toContain('Hello Ada <b>Lovelace</b>,\n\none click is missing.')
  expect(mail.text).toContain('https://galley.test/verify-email?token=a&b="c"')
  expect(mail.html).toContain('Hello Ada &lt;b&gt;Lovelace&lt;/b&gt;,')
  expect(mail.html).toContain('href="https://galley.test/verify-email?token=a&amp;b=&quot;c&quot;"')
  expect(mail.headers.get('auto-submitted')).toBe('auto-generated')
})

test('IN8: what was typed adds no header and no recipient', async () => {
  const { sink, mailer } = await useMailer()
  const subject = 'Hello\r\nBcc: eve@example.org\r\n\r\nbody'
  await mailer.send({ ...email, subject }, { id: 'job-2' })
  const mail = await sink.mailTo('ada@example.org')
  expect(mail.headers.has('bcc')).toBe(false)
  expect(sink.mails).toHaveLength(1)
  await expect(
    mailer.send({ ...email, to: 'ada@example.org, eve@example.org' }, { id: 'job-3' }),
  ).rejects.toThrow()
  expect(sink.mails).toHaveLength(1)
})

test('where TLS is required, nothing is sent to a server that does not offer it', async () => {
  const { sink } = await useMailer()
  const url = sink.url.replace('://', '://sender:pass@')
  const mailer = createSmtpMailer({ url, from: 'a@galley.test', site, requireTls: true })
  await expect(mailer.send(email, { id: 'job-5' })).rejects.toThrow(/STARTTLS/)
  expect(sink.mails).toEqual([])
})

test('a server that is not there is an error', async () => {
  const mailer = createSmtpMailer({ url: 'smtp://127.0.0.1:1', from: 'a@galley.test', site })
  await expect(mailer.send(email, { id: 'job-4' })).rejects.toThrow()
})
