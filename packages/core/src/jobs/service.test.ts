import {
  articles,
  auditLog,
  comments,
  jobEffects,
  jobRuns,
  oneTimeTokens,
  outbox,
  rateCounters,
} from '@galley/db/schema'
import { createSmtpMailer } from '@galley/mail/smtp'
import { insertArticle, insertComment } from '@galley/testing/factories'
import { count, eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { rerenderArticles } from '../articles/service.ts'
import { transact } from '../ctx.ts'
import { sendLetter } from '../mail/service.ts'
import { deleteExpiredSessions } from '../sessions/sweep.ts'
import {
  cancelJob,
  deleteOldRecords,
  discardFailedJob,
  getJob,
  listFailedJobs,
  listQueues,
  retryFailedJob,
} from './service.ts'

const domain = useTestDomain()
const page = { limit: 2 }

describe('articles.rerender', () => {
  test('renders every stale text anew, in batches, and tells how far it is', async () => {
    const { db } = domain.database
    const admin = await domain.person({ role: 'admin' })
    const { id: authorId } = admin.actor.user
    const stale = { authorId, body: '*anew*', bodyHtml: 'old', renderVersion: 0 }
    const made = []
    for (let n = 0; n < 60; n += 1) made.push(await insertArticle(db, stale))
    const articleId = made[0]?.id ?? ''
    await insertComment(db, { ...stale, articleId })
    const version = admin.markdown.version
    await insertArticle(db, { authorId, bodyHtml: 'current', renderVersion: version })

    const { jobId } = await rerenderArticles(admin)
    expect(await getJob(admin, { id: jobId })).toMatchObject({ status: 'queued', total: null })
    expect(await rerenderArticles(admin)).toEqual({ jobId })
    await domain.runJobs()
    expect(await getJob(admin, { id: jobId })).toMatchObject({
      job: 'articles.rerender',
      status: 'succeeded',
      done: 61,
      total: 61,
      finishedAt: expect.any(String),
    })
    const rendered = await db
      .select({ html: articles.bodyHtml, n: count() })
      .from(articles)
      .groupBy(articles.bodyHtml)
      .orderBy(articles.bodyHtml)
    expect(rendered).toEqual([
      { html: expect.stringContaining('<em>anew</em>'), n: 60 },
      { html: 'current', n: 1 },
    ])
    expect(await db.select().from(comments)).toMatchObject([{ renderVersion: version }])
  })

  test('there is one at a time: all who ask for it meanwhile get the same, and may follow it', async () => {
    const admins = await Promise.all(
      Array.from({ length: 5 }, () => domain.person({ role: 'admin' })),
    )
    const started = await Promise.all(
      [...admins, ...admins].map((admin) => rerenderArticles(admin)),
    )
    const [{ jobId: id } = { jobId: '' }] = started
    expect(started).toEqual(started.map(() => ({ jobId: id })))
    for (const admin of admins) {
      expect(await getJob(admin, { id })).toMatchObject({ status: 'queued' })
    }
    await domain.runJobs()
    // As in the moment between the end of the run and the end of its job.
    await domain.database
      .sql`update pgboss.job set state = 'active', completed_on = null where id = ${id}`
    expect(await Promise.all(admins.map((admin) => rerenderArticles(admin)))).toEqual(
      admins.map(() => ({ jobId: id })),
    )
    await domain.database
      .sql`update pgboss.job set state = 'completed', completed_on = now() where id = ${id}`
  })

  test('a job is its owner’s alone: for others it is as if there were none', async () => {
    const [owner, other] = [await domain.person({ role: 'admin' }), await domain.person()]
    const { jobId: id } = await rerenderArticles(owner)
    const missing = { id: '01890000-0000-7000-8000-000000000000' }
    const errorOf = (work: Promise<unknown>) => work.catch((error: unknown) => error)
    const reasons = await Promise.all(
      [getJob(other, { id }), getJob(other, missing), cancelJob(other, { id })].map(errorOf),
    )
    for (const reason of reasons) expect(reason).toMatchObject({ reason: 'job/not-found' })
    expect(await getJob(owner, { id })).toMatchObject({ status: 'queued' })
    await domain.runJobs()
  })

  test('one that is cancelled before it starts never does; cancelling again changes nothing', async () => {
    const owner = await domain.person({ role: 'admin' })
    const { jobId: id } = await rerenderArticles(owner)
    const cancelled = await cancelJob(owner, { id })
    expect(cancelled).toMatchObject({ status: 'cancelled', finishedAt: expect.any(String) })
    expect(await cancelJob(owner, { id })).toEqual(cancelled)
    expect(await domain.runJobs()).toEqual([])
    expect((await rerenderArticles(owner)).jobId).not.toBe(id)
    await domain.runJobs()
  })

  test('one that no worker will end is ended by the sweep', async () => {
    const owner = await domain.person({ role: 'admin' })
    const { jobId: id } = await rerenderArticles(owner)
    await domain.database.sql`
      update pgboss.job set state = 'failed' where name = 'articles.rerender' and id = ${id}`
    await deleteOldRecords(owner)
    expect(await getJob(owner, { id })).toMatchObject({ status: 'failed' })
  })
})

describe('what operators do', () => {
  async function failLetters(times: number) {
    const admin = await domain.person({ role: 'admin' })
    const userId = admin.actor.user.id
    for (let n = 0; n < times; n += 1) {
      await transact(admin, (tx) => sendLetter(admin, tx, { letter: 'password-changed', userId }))
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
    const first = await listFailedJobs(admin, page)
    const second = await listFailedJobs(admin, { ...page, cursor: first.page.nextCursor ?? '' })
    const failed = [...first.items, ...second.items]
    expect(failed).toHaveLength(3)
    expect(second.page.nextCursor).toBeNull()
    expect(failed[0]).toMatchObject({ queue: 'mail.send', attempts: 1 })
    const times = failed.map(({ failedAt }) => failedAt)
    expect(times).toEqual(times.toSorted().toReversed())
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
  await db.insert(outbox).values([
    { ...event, dispatchedAt: daysAgo(8) },
    { ...event, dispatchedAt: daysAgo(6) },
    { ...event, createdAt: daysAgo(100) },
  ])
  const id = (n: number) => `01890000-0000-7000-8000-00000000000${n}`
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
  await deleteOldRecords(ctx)
  await deleteExpiredSessions(ctx)
  const left = [outbox, jobRuns, jobEffects, rateCounters, oneTimeTokens]
  expect(await Promise.all(left.map((table) => db.$count(table)))).toEqual([2, 1, 1, 1, 1])
})
