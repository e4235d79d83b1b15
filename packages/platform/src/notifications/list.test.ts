import { NotificationKind } from '@galley/contract/notification-kinds'
import { TimeOrder } from '@galley/contract/primitives'
import { jobRuns, notifications } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { expectOrders } from '../../test/pages.ts'
import { tellOfJob } from '../../test/tell.ts'
import { countUnread, listNotifications } from './list.ts'
import { markRead } from './mark-read.ts'

const domain = useTestDomain()
const { database } = domain

const minute = (n: number) => () => new Date(Date.UTC(2026, 0, 1, 0, n))

test('a person sees their own, last first, in pages, with as many statements for many as for few', async () => {
  const me = await domain.person()
  const other = await domain.person()
  await tellOfJob(other, other.actor.user.id)
  for (let n = 1; n <= 12; n += 1) await tellOfJob({ ...me, now: minute(n) }, me.actor.user.id)
  const few = await statementsOf(() => listNotifications(me, { limit: 2 }))
  const many = await statementsOf(() => listNotifications(me, { limit: 12 }))
  expect(few).toBe(2)
  expect(many).toBe(2)
  await expectOrders((input) => listNotifications(me, input), TimeOrder.options, 12)
  const [newest] = (await listNotifications(me, { limit: 1 })).items
  expect(newest).toMatchObject({
    kind: 'job-finished',
    actor: null,
    text: 'The report is done.',
    path: '/reports',
    createdAt: minute(12)().toISOString(),
    readAt: null,
  })
})

test('read and unread ones, and those of a kind, can be asked for; the count follows', async () => {
  const me = await domain.person()
  for (let n = 1; n <= 3; n += 1) await tellOfJob({ ...me, now: minute(n) }, me.actor.user.id)
  const [newest] = (await listNotifications(me, { limit: 1 })).items
  await markRead(me, { id: newest?.id ?? '' })
  const ids = async (input: { unread: boolean }) =>
    (await listNotifications(me, { ...input, limit: 10 })).items.map(({ id }) => id)
  expect(await ids({ unread: true })).toHaveLength(2)
  expect(await ids({ unread: false })).toEqual([newest?.id])
  expect(await statementsOf(() => countUnread(me))).toBe(1)
  expect(await countUnread(me)).toEqual({ unread: 2 })
  const [other] = NotificationKind.options.filter((kind) => kind !== 'job-finished')
  for (const [kind, count] of [
    ['job-finished', 3],
    [other, 0],
  ] as const) {
    const { items, page } = await listNotifications(me, { kind, limit: 10, total: true })
    expect([items.length, page.total]).toEqual([count, count])
  }
})

test('what a person may no longer see is neither listed nor counted, nor is a kind of another version', async () => {
  const me = await domain.person()
  const userId = me.actor.user.id
  const gone = await tellOfJob(me, userId)
  const unknown = await tellOfJob(me, userId)
  await tellOfJob(me, userId)
  await database.db.delete(jobRuns).where(eq(jobRuns.id, gone))
  await database.db
    .update(notifications)
    .set({ kind: 'of-the-future' })
    .where(eq(notifications.subjectId, unknown))
  expect((await listNotifications(me, { limit: 10 })).items).toHaveLength(1)
  expect(await countUnread(me)).toEqual({ unread: 1 })
})

test('no more than a hundred are counted', async () => {
  const me = await domain.person()
  const jobId = await tellOfJob(me, me.actor.user.id)
  const [row] = await database.db
    .select()
    .from(notifications)
    .where(eq(notifications.subjectId, jobId))
  if (!row) throw new Error('Nobody was told')
  const { id: _, ...values } = row
  await database.db
    .insert(notifications)
    .values(Array.from({ length: 120 }, (_, n) => ({ ...values, key: String(n) })))
  expect(await countUnread(me)).toEqual({ unread: 100 })
})

async function statementsOf(work: () => Promise<unknown>) {
  database.statements.length = 0
  await work()
  return database.statements.length
}
