import { notificationDigests, notifications, notificationZones } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { tellOfJob } from '../../test/tell.ts'
import { systemCtx } from '../ctx.ts'
import { enqueueDigests } from './digests.ts'
import { updatePreferences } from './preferences.ts'
import { deleteOldNotifications } from './sweep.ts'
import { unsubscribe } from './unsubscribe.ts'

const domain = useTestDomain()
const { database } = domain

type Rhythm = 'daily' | 'weekly'

/** Somebody who wants a digest, told of something at a moment; and what is mailed to them at others. */
async function setUp(email: Rhythm, timeZone: string | null) {
  const me = await domain.person()
  await updatePreferences(me, {
    items: [{ kind: 'job-finished', inApp: true, email }],
    timeZone,
  })
  const { id: userId, email: address } = me.actor.user
  const tellAt = (at: string) => tellOfJob({ ...me, now: () => new Date(at) }, userId)
  const mailsAt = async (at: string, workers = 1) => {
    const ctx = systemCtx(domain.anonymous(), { now: () => new Date(at) })
    await Promise.all(Array.from({ length: workers }, () => enqueueDigests(ctx)))
    await domain.runJobs({ only: 'mail.send' })
    return domain.mails().filter(({ to }) => to === address)
  }
  return { me, userId, tellAt, mailsAt }
}

test('a daily digest comes once, in the morning of the zone, by many workers', async () => {
  const { tellAt, mailsAt } = await setUp('daily', 'Pacific/Auckland')
  // 7 in the morning is 19 h UTC the day before, in the northern summer.
  await tellAt('2026-07-01T18:00:00Z')
  await tellAt('2026-07-01T18:30:00Z')
  await tellAt('2026-07-01T19:30:00Z')
  expect(await mailsAt('2026-07-01T18:45:00Z')).toEqual([])
  const [mail, ...others] = await mailsAt('2026-07-01T19:45:00Z', 8)
  expect(others).toEqual([])
  expect(mail?.subject).toBe('Yesterday at Galley')
  expect(mail?.text.match(/The report is done\./g)).toHaveLength(2)
  expect(await mailsAt('2026-07-02T18:45:00Z', 3)).toHaveLength(1)
  expect(await mailsAt('2026-07-02T19:00:00Z', 3)).toHaveLength(2)
})

test('where no zone is known mornings are those of UTC, also for a zone that the database does not know', async () => {
  const known = await setUp('daily', null)
  const unknown = await setUp('daily', null)
  await database.db
    .insert(notificationZones)
    .values({ userId: unknown.userId, timeZone: 'Mars/Olympus_Mons' })
  for (const { tellAt, mailsAt } of [known, unknown]) {
    await tellAt('2026-07-05T06:00:00Z')
    expect(await mailsAt('2026-07-05T06:59:00Z')).toEqual([])
    expect(await mailsAt('2026-07-05T07:00:00Z')).toHaveLength(1)
  }
})

test('a weekly digest comes on Monday; a worker that was down makes up for it', async () => {
  const { tellAt, mailsAt } = await setUp('weekly', 'UTC')
  await tellAt('2026-07-08T12:00:00Z')
  expect(await mailsAt('2026-07-09T08:00:00Z')).toEqual([])
  expect(await mailsAt('2026-07-12T23:00:00Z')).toEqual([])
  const [mail] = await mailsAt('2026-07-14T15:00:00Z')
  expect(mail?.subject).toBe('Last week at Galley')
  await tellAt('2026-07-15T12:00:00Z')
  expect(await mailsAt('2026-07-16T08:00:00Z')).toHaveLength(1)
})

test('its address ends the digest, and nothing else', async () => {
  const { me, tellAt, mailsAt } = await setUp('daily', 'UTC')
  await updatePreferences(me, { items: [{ kind: 'job-finished', inApp: false, email: 'daily' }] })
  await tellAt('2026-08-01T06:00:00Z')
  const [mail] = await mailsAt('2026-08-01T07:15:00Z')
  const [, token = ''] = /unsubscribe\?token=([\w.%-]+)/.exec(mail?.text ?? '') ?? []
  const { meaning } = await unsubscribe(domain.anonymous(), { token })
  expect(meaning).toBe('The daily digest of notifications')
  const { items } = await updatePreferences(me, {})
  expect(items.filter(({ email }) => email === 'daily')).toEqual([])
  expect(items.find(({ kind }) => kind === 'job-finished')).toMatchObject({ inApp: false })
})

test('read ones are kept for 90 days, unread ones for 180', async () => {
  const { userId, tellAt } = await setUp('daily', 'UTC')
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()
  for (const days of [89, 91, 181]) await tellAt(daysAgo(days))
  const old = await tellAt(daysAgo(91))
  await database.db
    .update(notifications)
    .set({ readAt: new Date() })
    .where(eq(notifications.subjectId, old))
  const day = '2020-01-01'
  await database.db
    .insert(notificationDigests)
    .values({ userId, rhythm: 'daily', day, createdAt: new Date(day) })
  await deleteOldNotifications(systemCtx(domain.anonymous()))
  const kept = await database.db
    .select()
    .from(notifications)
    .where(eq(notifications.userId, userId))
  expect(kept).toHaveLength(2)
  expect(kept.map(({ subjectId }) => subjectId)).not.toContain(old)
  expect(await database.db.$count(notificationDigests, eq(notificationDigests.day, day))).toBe(0)
})
