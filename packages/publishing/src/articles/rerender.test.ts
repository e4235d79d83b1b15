import { articles, comments } from '@galley/db/schema'
import { cancelJob, getJob } from '@galley/platform/jobs/follow'
import { deleteOldJobs } from '@galley/platform/sweeps'
import { insertArticle, insertComment } from '@galley/testing/publishing/factories'
import { count } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { rerenderArticles } from './rerender.ts'

const domain = useTestDomain()

describe('articles.rerender', () => {
  test('renders every stale text again, in batches, and reports how far it is', async () => {
    const { db } = domain.database
    const admin = await domain.person({ role: 'admin' })
    const { id: authorId } = admin.actor.user
    const stale = { authorId, body: '*again*', bodyHtml: 'old', renderVersion: 0 }
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
      result: { failed: 0 },
      failureReason: null,
      finishedAt: expect.any(String),
    })
    const rendered = await db
      .select({ html: articles.bodyHtml, n: count() })
      .from(articles)
      .groupBy(articles.bodyHtml)
      .orderBy(articles.bodyHtml)
    expect(rendered).toEqual([
      { html: expect.stringContaining('<em>again</em>'), n: 60 },
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
    await deleteOldJobs(owner)
    expect(await getJob(owner, { id })).toMatchObject({
      status: 'failed',
      failureReason: 'server/unavailable',
    })
  })
})
