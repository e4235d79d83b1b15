import { randomUUIDv7 } from 'node:crypto'
import { jobRuns, notificationPreferences, notifications, outbox } from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
import { and, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { noticeOfJob, tellOfJob } from '../../test/tell.ts'
import { systemCtx, transact } from '../ctx.ts'
import { notify } from './notify.ts'

const domain = useTestDomain()
const { database } = domain

const of = (userId: string) =>
  database.db.select().from(notifications).where(eq(notifications.userId, userId))

const eventsOf = (userId: string) =>
  database.db
    .select()
    .from(outbox)
    .where(
      and(
        eq(outbox.event, 'notification.created'),
        sql`${outbox.payload} ->> 'userId' = ${userId}`,
      ),
    )

test('of one thing people are told once, by 50 at a time, with one event', async () => {
  const ctx = systemCtx(domain.anonymous())
  const people = [await insertUser(database.db), await insertUser(database.db)]
  const jobId = randomUUIDv7()
  const notices = people.map(({ id }) => noticeOfJob(id, jobId))
  await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      transact(ctx, (tx) => notify(ctx, tx, n % 2 ? notices : notices.toReversed())),
    ),
  )
  for (const { id } of people) {
    const [row, ...others] = await of(id)
    expect(others).toEqual([])
    expect(row).toMatchObject({ key: jobId, inApp: true, email: 'off', readAt: null })
    const [event, ...more] = await eventsOf(id)
    expect(more).toEqual([])
    expect(event?.payload).toEqual({ userId: id, notificationId: row?.id })
  }
})

test('neither who caused it is told, nor who has not proved their address, nor who turned the kind off', async () => {
  const ctx = systemCtx(domain.anonymous())
  const [cause, stranger, deaf, byMail] = await Promise.all([
    insertUser(database.db),
    insertUser(database.db, { emailVerifiedAt: null }),
    insertUser(database.db),
    insertUser(database.db),
  ])
  const kind = 'job-finished'
  await database.db.insert(notificationPreferences).values([
    { userId: deaf.id, kind, inApp: false, email: 'off' },
    { userId: byMail.id, kind, inApp: false, email: 'weekly' },
  ])
  const jobId = randomUUIDv7()
  const people = [cause, stranger, deaf, byMail]
  const notices = people.map(({ id }) => ({ ...noticeOfJob(id, jobId), actorId: cause.id }))
  await transact(ctx, (tx) => notify(ctx, tx, notices))
  expect(await of(cause.id)).toEqual([])
  expect(await of(stranger.id)).toEqual([])
  expect(await of(deaf.id)).toEqual([])
  expect(await of(byMail.id)).toMatchObject([{ inApp: false, email: 'weekly' }])
  expect(await eventsOf(byMail.id)).toEqual([])
})

test('a rollback tells nobody; many are told in two statements', async () => {
  const ctx = systemCtx(domain.anonymous())
  const { id } = await insertUser(database.db)
  const failed = transact(ctx, async (tx) => {
    await notify(ctx, tx, [noticeOfJob(id, randomUUIDv7())])
    throw new Error('no')
  })
  await expect(failed).rejects.toThrow('no')
  expect(await of(id)).toEqual([])
  expect(await eventsOf(id)).toEqual([])
  const notices = Array.from({ length: 200 }, () => noticeOfJob(id, randomUUIDv7()))
  database.statements.length = 0
  await transact(ctx, (tx) => notify(ctx, tx, notices))
  expect(
    database.statements.filter((text) => text.startsWith('insert') || text.includes('insert into')),
  ).toHaveLength(2)
  expect(await of(id)).toHaveLength(200)
})

test('who started a named job is told of its end, once for each time that it ends', async () => {
  const { id: ownerId } = await insertUser(database.db)
  const ctx = systemCtx(domain.anonymous())
  const payload = { jobId: await tellOfJob(ctx, ownerId), ownerId }
  await database.db.delete(notifications)
  const finish = async (status: 'succeeded' | 'failed', job = 'reports.build') => {
    await database.db
      .update(jobRuns)
      .set({ status, job, finishedAt: sql`now()` })
      .where(eq(jobRuns.id, payload.jobId))
    await database.db.insert(outbox).values({ event: 'job.finished', payload, requestId: 'test' })
    await domain.runJobs()
  }
  await finish('failed')
  await finish('succeeded')
  const outcomes = (await of(ownerId)).map(({ data }) => data['outcome'])
  expect(new Set(outcomes)).toEqual(new Set(['has failed', 'is done']))
  await finish('succeeded', 'of.another-name')
  expect(await of(ownerId)).toHaveLength(2)
})
