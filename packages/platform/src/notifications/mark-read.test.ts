import { notifications, outbox } from '@galley/db/schema'
import { and, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { tellOfJob } from '../../test/tell.ts'
import { listNotifications } from './list.ts'
import { markAllRead, markRead } from './mark-read.ts'

const domain = useTestDomain()
const { database } = domain

const minute = (n: number) => () => new Date(Date.UTC(2026, 0, 1, 0, n))

/** Somebody who was told of three jobs, whose ids come last first. */
async function setUp() {
  const me = await domain.person()
  const jobs: string[] = []
  for (let n = 1; n <= 3; n += 1) {
    jobs.unshift(await tellOfJob({ ...me, now: minute(n) }, me.actor.user.id))
  }
  const { items } = await listNotifications(me, { limit: 10 })
  return { me, jobs, ids: items.map(({ id }) => id) }
}

const readEvents = (userId: string) =>
  database.db.$count(
    outbox,
    and(eq(outbox.event, 'notification.read'), sql`${outbox.payload} ->> 'userId' = ${userId}`),
  )

const unreadOf = async (me: Awaited<ReturnType<typeof setUp>>['me']) =>
  (await listNotifications(me, { unread: true, limit: 10 })).items.map(({ id }) => id)

test('one is marked once: a repeat keeps its time and is no event', async () => {
  const { me, ids } = await setUp()
  const input = { id: ids[0] ?? '' }
  expect(await markRead({ ...me, now: minute(10) }, input)).toEqual({ unread: 2 })
  expect(await markRead({ ...me, now: minute(20) }, input)).toEqual({ unread: 2 })
  const [row] = await database.db.select().from(notifications).where(eq(notifications.id, input.id))
  expect(row?.readAt).toEqual(minute(10)())
  expect(await readEvents(me.actor.user.id)).toBe(1)
})

test('those of others are not found, and stay as they are', async () => {
  const { me, ids } = await setUp()
  const other = await domain.person()
  await expect(markRead(other, { id: ids[0] ?? '' })).rejects.toMatchObject({
    reason: 'notification/not-found',
  })
  expect(await markAllRead(other, { upTo: ids[0] })).toEqual({ unread: 0 })
  expect(await unreadOf(me)).toEqual(ids)
  expect(await readEvents(other.actor.user.id)).toBe(0)
})

test('all are marked, or those up to one, or those about a thing', async () => {
  const { me, ids, jobs } = await setUp()
  expect(await markAllRead(me, { upTo: ids[2] })).toEqual({ unread: 2 })
  expect(await unreadOf(me)).toEqual(ids.slice(0, 2))
  expect(await markAllRead(me, { about: jobs[1] })).toEqual({ unread: 1 })
  expect(await unreadOf(me)).toEqual(ids.slice(0, 1))
  expect(await markAllRead(me, {})).toEqual({ unread: 0 })
  expect(await markAllRead(me, {})).toEqual({ unread: 0 })
  expect(await readEvents(me.actor.user.id)).toBe(3)
})
