import {
  auditLog,
  jobEffects,
  jobRuns,
  oneTimeTokens,
  outbox,
  rateCounters,
} from '@galley/db/schema'
import { createSmtpMailer } from '@galley/mail/smtp'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { expectOrders } from '../../test/pages.ts'
import { transact } from '../ctx.ts'
import { enqueueEmail } from '../mail/enqueue-email.ts'
import { deleteExpiredLimits, deleteExpiredSessions, deleteOldJobs } from '../sweeps.ts'
import { discardFailedJob, listFailedJobs, listQueues, retryFailedJob } from './failed.ts'

const domain = useTestDomain()
const page = { limit: 2 }

describe('what operators do', () => {
  async function failLetters(times: number) {
    const admin = await domain.person({ role: 'admin' })
    const userId = admin.actor.user.id
    for (let n = 0; n < times; n += 1) {
      await transact(admin, (tx) => enqueueEmail(admin, tx, { letter: 'password-changed', userId }))
    }
    // The last attempt of a worker that dies: nothing is left but to give up.
    await domain.database.sql`
      update pgboss.job set retry_limit = 0 where name = 'mail.send' and state = 'created'`
    return admin
  }

  test('failed jobs are listed last first, page by page, and retried or discarded once', async () => {
    const admin = await failLetters(3)
    const site = { name: 'Galley', origin: 'https://galley.test' }
    const mailer = createSmtpMailer({ url: 'smtp://127.0.0.1:1', from: 'mail@galley.test', site })
    await domain.runJobs({ mayFail: true, mailer })
    await expectOrders((input) => listFailedJobs(admin, input), ['newest', 'oldest'], 3)
    const first = await listFailedJobs(admin, page)
    const second = await listFailedJobs(admin, { ...page, cursor: first.page.nextCursor ?? '' })
    const failed = [...first.items, ...second.items]
    expect(failed).toHaveLength(3)
    expect(second.page.nextCursor).toBeNull()
    expect(failed[0]).toMatchObject({ queue: 'mail.send', attempts: 1 })
    const times = failed.map(({ failedAt }) => failedAt)
    expect(times).toEqual(times.toSorted().toReversed())
    const turned = await listFailedJobs(admin, { limit: 3, sort: 'oldest' })
    expect(turned.items).toEqual(failed.toReversed())
    expect(await listFailedJobs(admin, { ...page, queue: 'another' })).toMatchObject({ items: [] })

    const [retried, discarded] = failed.map(({ queue, id }) => ({ queue, id }))
    if (!retried || !discarded) throw new Error('nothing failed')
    await retryFailedJob(admin, retried)
    await discardFailedJob(admin, discarded)
    for (const again of [retryFailedJob, discardFailedJob]) {
      await expect(again(admin, retried)).rejects.toMatchObject({ reason: 'job/not-found' })
    }
    const { items } = await listQueues(admin)
    expect(items.find(({ name }) => name === 'mail.send')).toMatchObject({ waiting: 1, failed: 1 })
    await domain.runJobs()
    expect(domain.mails()).toHaveLength(1)

    const audited = await domain.database.db
      .select({ action: auditLog.action, targetId: auditLog.targetId, before: auditLog.before })
      .from(auditLog)
      .where(eq(auditLog.targetType, 'job'))
      .orderBy(auditLog.id)
    expect(audited).toEqual([
      { action: 'job.retried', targetId: retried.id, before: { queue: 'mail.send' } },
      { action: 'job.discarded', targetId: discarded.id, before: { queue: 'mail.send' } },
    ])
  })
})

test('what was kept for a while is swept when that is over, and not before', async () => {
  const { db } = domain.database
  const ctx = await domain.person()
  const { id: ownerId } = ctx.actor.user
  const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60 * 1000)
  await db.delete(outbox)
  await db.delete(jobEffects)
  await db.delete(jobRuns)
  const event = { event: 'x', payload: {}, requestId: 'x' }
  const id = (n: number) => `01890000-0000-7000-8000-00000000000${n}`
  await db.insert(outbox).values([
    { ...event, id: id(1), dispatchedAt: daysAgo(8) },
    { ...event, id: id(2), dispatchedAt: daysAgo(6) },
    { ...event, id: id(3), createdAt: daysAgo(100) },
  ])
  await db.insert(jobRuns).values([
    { id: id(1), job: 'x', ownerId, status: 'succeeded', finishedAt: daysAgo(31) },
    { id: id(2), job: 'x', ownerId, status: 'failed', finishedAt: daysAgo(29) },
  ])
  await db.insert(jobEffects).values([
    { jobId: id(1), effect: 'x', createdAt: daysAgo(61) },
    { jobId: id(2), effect: 'x', createdAt: daysAgo(59) },
  ])
  const counter = { windowStart: daysAgo(1), current: 1, previous: 0 }
  await db.insert(rateCounters).values([
    { ...counter, key: 'old', expiresAt: daysAgo(1) },
    { ...counter, key: 'new', expiresAt: daysAgo(-1) },
  ])
  const token = { purpose: 'x', data: {} }
  await db.insert(oneTimeTokens).values([
    { ...token, id: 'a'.repeat(64), expiresAt: daysAgo(1) },
    { ...token, id: 'b'.repeat(64), expiresAt: daysAgo(-1) },
  ])
  await deleteOldJobs(ctx)
  await deleteExpiredLimits(ctx)
  await deleteExpiredSessions(ctx)
  const left = [outbox, jobRuns, jobEffects, rateCounters, oneTimeTokens]
  expect(await Promise.all(left.map((table) => db.$count(table)))).toEqual([2, 1, 1, 1, 1])
})
