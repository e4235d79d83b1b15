import type { SecretBox } from '@galley/auth/secret-box'
import type { Mailer } from '@galley/mail/mailer'
import { startMailSink } from '@galley/testing/mail-sink'
import { createSmtpMailer } from '@galley/mail/smtp'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { resetPassword } from '../../test/by-cookies.ts'
import { openAccount } from '../../test/account.ts'
import { tokenIn } from '../../test/browser.ts'
import { secretBoxOf, useTestDomain } from '../../test/context.ts'
import { transact } from '../ctx.ts'
import { deleteExpiredSessions } from '../sweeps.ts'
import { enqueueEmail } from './enqueue-email.ts'

const domain = useTestDomain()
const { database, runJobs, mailTo, mails } = domain

let person: Awaited<ReturnType<typeof openAccount>>
beforeEach(async () => {
  person = await openAccount(domain)
})

const leave = () => {
  const ctx = domain.anonymous()
  return transact(ctx, (tx) =>
    enqueueEmail(ctx, tx, { letter: 'reset-password', userId: person.id }),
  )
}

const toPerson = () => mails().filter(({ to }) => to === person.email)

/** Failed attempts wait before they are made again; here they need not. */
const hurry = () =>
  database.sql`update pgboss.job set start_after = now() where name = 'mail.send' and state = 'retry'`

test('a letter goes out when its transaction holds, and none when it does not', async () => {
  await leave()
  expect(toPerson()).toHaveLength(0)
  await runJobs()
  const mail = await mailTo(person.email)
  expect(mail.subject).toBe('A new password for Galley')
  expect(mail.text).toContain(`Hello ${person.displayName},`)
  expect(tokenIn(mail)).toMatch(/^[\w-]{43}$/)

  const ctx = domain.anonymous()
  const rolledBack = transact(ctx, async (tx) => {
    await enqueueEmail(ctx, tx, { letter: 'reset-password', userId: person.id })
    throw new Error('no')
  })
  await expect(rolledBack).rejects.toThrow('no')
  await runJobs()
  expect(toPerson()).toHaveLength(1)
})

test('RE10 the mail server is down: the letter waits, and goes out once when it is back', async () => {
  const site = { name: 'Galley', origin: 'https://galley.test' }
  const down = createSmtpMailer({ url: 'smtp://127.0.0.1:1', from: 'mail@galley.test', site })
  await leave()
  for (let tries = 0; tries < 3; tries += 1) {
    await runJobs({ mayFail: true, mailer: down })
    await hurry()
  }
  expect(toPerson()).toHaveLength(0)
  await runJobs()
  await runJobs()
  expect(toPerson()).toHaveLength(1)
})

test('a letter that the server took is not sent again when its job runs again', async () => {
  const sink = await startMailSink()
  onTestFinished(() => sink.close())
  const site = { name: 'Galley', origin: 'https://galley.test' }
  const mailer = createSmtpMailer({ url: sink.url, from: 'mail@galley.test', site })
  await leave()
  await runJobs({ mailer })
  // As after a worker that died between the letter and the end of its job.
  await database.sql`update pgboss.job set state = 'retry', start_after = now(), completed_on = null
    where name = 'mail.send' and state = 'completed'`
  const outcomes = await runJobs({ mailer })
  expect(outcomes.some(({ name }) => name === 'mail.send')).toBe(true)
  expect(sink.mails).toHaveLength(1)
})

describe('a letter whose worker died after the mail server took it', () => {
  const resetWith = (token: string) =>
    resetPassword(domain.anonymous(), { token, password: 'nine quiet lighthouses' })

  type Between = { between?: (token: string) => Promise<void>; secretBox?: SecretBox }

  /** The first attempt; `between` is what happens before the second. */
  async function sendTwice({ between, ...second }: Between = {}) {
    const mailer = domain.anonymous().mailer
    // On a slow machine the second attempt may fall due at once: it is not this worker's to make.
    let died = false
    const dying: Mailer = {
      async send(letter, options) {
        if (!died) await mailer.send(letter, options)
        died = true
        throw new Error('The worker was killed')
      },
    }
    await leave()
    await runJobs({ mayFail: true, mailer: dying })
    await between?.(tokenIn(await mailTo(person.email)))
    await hurry()
    await runJobs(second)
    return toPerson()
  }

  test('is sent again with the same link and Message-ID, and the link works once', async () => {
    const [first, second, ...more] = await sendTwice()
    if (!first || !second) throw new Error('There are fewer than two mails')
    expect(more).toEqual([])
    expect(second).toMatchObject({ text: first.text, messageId: first.messageId })
    await resetWith(tokenIn(first))
    await expect(resetWith(tokenIn(second))).rejects.toMatchObject({ reason: 'link/used' })
  })

  test('is not sent again when its link was followed meanwhile', async () => {
    const sent = await sendTwice({ between: async (token) => void (await resetWith(token)) })
    expect(sent.map(({ subject }) => subject)).toEqual([
      'A new password for Galley',
      'Your password at Galley was changed',
    ])
  })

  test('has a link that works for an hour from the last attempt, a day later too', async () => {
    const sent = await sendTwice({
      between: async () => {
        await database.sql`update one_time_tokens set expires_at = now() - interval '1 day'`
        await deleteExpiredSessions(domain.anonymous())
      },
    })
    expect(sent).toHaveLength(2)
    expect(await resetWith(tokenIn(await mailTo(person.email)))).toEqual({ accepted: true })
  })

  test('has the same link when the first encryption key was replaced meanwhile', async () => {
    const sent = await sendTwice({ secretBox: secretBoxOf('new', 'test') })
    expect(sent).toHaveLength(2)
    expect(new Set(sent.map(tokenIn)).size).toBe(1)
  })
})

test('nobody is written to who is gone', async () => {
  await leave()
  await database.sql`delete from users where id = ${person.id}`
  await runJobs()
  expect(toPerson()).toHaveLength(0)
})
