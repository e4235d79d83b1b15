import { jobRuns, notifications } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { tellOfJob } from '../../test/tell.ts'
import { systemCtx } from '../ctx.ts'
import { markAllRead } from './mark-read.ts'
import { getPreferences, updatePreferences } from './preferences.ts'
import { enqueueDueEmails } from './send.ts'
import { getSubscription, unsubscribe } from './unsubscribe.ts'

const domain = useTestDomain()
const { database } = domain

const now = { items: [{ kind: 'job-finished' as const, inApp: true, email: 'now' as const }] }

/** Somebody who wants an e-mail at once, and what sends it some minutes later. */
async function setUp() {
  const me = await domain.person()
  await updatePreferences(me, now)
  const userId = me.actor.user.id
  const { email } = me.actor.user
  const send = async (minutes: number, workers = 1) => {
    const later = () => new Date(Date.now() + minutes * 60_000)
    const ctx = systemCtx(domain.anonymous(), { now: later })
    await Promise.all(Array.from({ length: workers }, () => enqueueDueEmails(ctx)))
    await domain.runJobs({ only: 'mail.send' })
  }
  const mailsTo = () => domain.mails().filter(({ to }) => to === email)
  return { me, userId, email, send, mailsTo }
}

test('what waits unread for some minutes is mailed once, by several workers, with an address that ends it', async () => {
  const { me, userId, send, mailsTo } = await setUp()
  await tellOfJob(me, userId)
  await send(1)
  expect(mailsTo()).toEqual([])
  await send(6, 5)
  await send(60)
  const [mail, ...others] = mailsTo()
  expect(others).toEqual([])
  expect(mail?.subject).toBe('The report is done.')
  expect(mail?.text).toContain('https://galley.test/reports')
  expect(mail?.html).toContain('href="https://galley.test/reports"')

  // RFC 8058, 3: both headers, an https address, no way by mail in its place.
  const list = mail?.headers.get('list')
  const url =
    /https:\/\/galley\.test\/unsubscribe\?token=[\w.%-]+/.exec(mail?.text ?? '')?.[0] ?? ''
  expect(list).toMatchObject({
    unsubscribe: { url },
    'unsubscribe-post': { name: 'List-Unsubscribe=One-Click' },
  })
  const token = new URL(url).searchParams.get('token') ?? ''
  const anybody = domain.anonymous()
  const meaning = 'A long job that you started has ended'
  expect(await getSubscription(anybody, { token })).toEqual({ meaning, subscribed: true })
  const before = await getPreferences(me)
  expect(await unsubscribe(anybody, { token })).toEqual({ meaning, subscribed: false })
  expect(await unsubscribe(anybody, { token })).toEqual({ meaning, subscribed: false })
  expect(await getSubscription(anybody, { token })).toEqual({ meaning, subscribed: false })
  const ended = before.items.map((item) =>
    item.kind === 'job-finished' ? { ...item, email: 'off' } : item,
  )
  expect((await getPreferences(me)).items).toEqual(ended)
})

test('an address that was changed ends nothing', async () => {
  const { me, userId, send, mailsTo } = await setUp()
  await tellOfJob(me, userId)
  await send(6)
  const [, token = ''] = /unsubscribe\?token=([\w.%-]+)/.exec(mailsTo()[0]?.text ?? '') ?? []
  const other = await domain.person()
  const forged = [
    token.replace(userId, other.actor.user.id),
    token.replace('job-finished', 'daily'),
    token.slice(0, -2),
    'a.b.c',
    '',
  ]
  for (const one of forged) {
    const outcome = unsubscribe(domain.anonymous(), { token: one })
    await expect(outcome, one).rejects.toMatchObject({ reason: 'link/invalid' })
  }
  expect((await getPreferences(me)).items).toContainEqual(expect.objectContaining(now.items[0]))
})

test('what was read in the app meanwhile is not mailed, nor what is gone or no longer wanted', async () => {
  const { me, userId, send, mailsTo } = await setUp()
  await tellOfJob(me, userId)
  await markAllRead(me, {})
  await send(6)

  const gone = await tellOfJob(me, userId)
  await database.db.delete(jobRuns).where(eq(jobRuns.id, gone))
  await send(6)

  await tellOfJob(me, userId)
  await updatePreferences(me, { items: [{ kind: 'job-finished', inApp: true, email: 'off' }] })
  await send(6)
  expect(mailsTo()).toEqual([])
})

test('what is read after its e-mail was enqueued is not mailed either', async () => {
  const { me, userId, mailsTo } = await setUp()
  await tellOfJob(me, userId)
  const later = () => new Date(Date.now() + 6 * 60_000)
  await enqueueDueEmails(systemCtx(domain.anonymous(), { now: later }))
  await markAllRead(me, {})
  await domain.runJobs({ only: 'mail.send' })
  expect(mailsTo()).toEqual([])
})

test('several of one kind come in one e-mail', async () => {
  const { me, userId, send, mailsTo } = await setUp()
  for (let n = 0; n < 3; n += 1) await tellOfJob(me, userId)
  await send(6)
  const [mail, ...others] = mailsTo()
  expect(others).toEqual([])
  expect(mail?.subject).toBe('3 notifications from Galley')
  expect(mail?.text.match(/The report is done\./g)).toHaveLength(3)
  const waiting = await database.db
    .select()
    .from(notifications)
    .where(eq(notifications.userId, userId))
  expect(waiting.every(({ mailedAt }) => mailedAt !== null)).toBe(true)
})
