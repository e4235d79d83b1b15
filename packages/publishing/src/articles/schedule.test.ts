import { articles, users } from '@galley/db/schema'
import { insertArticle } from '@galley/testing/publishing/factories'
import { systemCtx } from '@galley/platform/ctx'
import { updateMedia } from '@galley/platform/media/change'
import { upload } from '@galley/platform/test/upload'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { audited, emitted, raced } from '../../test/steps.ts'
import { useTestDomain } from '../../test/context.ts'
import { applyDueTimes } from './apply-schedule.ts'
import { createArticle } from './create.ts'
import { getArticle, getArticleSource } from './get.ts'
import { publishArticle, unpublishArticle } from './publish.ts'
import { scheduleArticle, unscheduleArticle } from './schedule.ts'
import { updateArticle } from './update.ts'

const domain = useTestDomain()
const { database } = domain
const failsWith = (reason: string) => expect.objectContaining({ reason })

const HOUR_MS = 3_600_000
const time = { at: '2046-10-15T06:00:00.000Z', zone: 'Europe/Berlin' }
const toPublish = { action: 'publish', ...time } as const
const toUnpublish = { action: 'unpublish', ...time } as const

type Person = Awaited<ReturnType<typeof domain.person>>

const draftOf = (author: Person, values: Partial<typeof articles.$inferInsert> = {}) =>
  insertArticle(database.db, {
    authorId: author.actor.user.id,
    status: 'draft',
    publishedAt: null,
    ...values,
  })

/** As if the time had come. */
const letComeDue = (id: string) =>
  database.db
    .update(articles)
    .set({ scheduledAt: new Date(Date.now() - 1) })
    .where(eq(articles.id, id))

const runDue = () => domain.runJobs({ only: 'articles.apply-schedule' })

/** What a worker of another process does, by whatever clock it has. */
const applyElsewhere = (now = () => new Date()) =>
  applyDueTimes({ ...systemCtx(domain.anonymous()), now })

describe('a time', () => {
  test('is set, moved and taken back, on the record', async () => {
    const author = await domain.person()
    const { id } = await draftOf(author)
    const set = await scheduleArticle(author, { id, version: 1, ...toPublish })
    expect(set).toMatchObject({ status: 'scheduled', version: 2, schedule: toPublish })
    expect(set.can).toMatchObject({ unschedule: true, publish: true, requestReview: false })
    const at = '2047-01-01T00:00:00.000Z'
    const moved = await scheduleArticle(author, { id, version: 2, ...toPublish, at })
    expect(moved.schedule).toEqual({ ...toPublish, at })
    const back = await unscheduleArticle(author, { id, version: 3 })
    expect(back).toMatchObject({ status: 'draft', schedule: null })
    await expect(unscheduleArticle(author, { id, version: 4 })).rejects.toThrow(
      failsWith('article/not-scheduled'),
    )
    const steps = ['article.scheduled', 'article.scheduled', 'article.unscheduled']
    expect(await audited(database, id)).toEqual(steps)
    expect(await emitted(database, id)).toEqual(steps)
  })

  test('is in the future, of an article that may be published, by somebody who may', async () => {
    const author = await domain.person()
    const { id } = await draftOf(author)
    const past = { ...toPublish, at: '2020-01-01T00:00:00.000Z' }
    await expect(scheduleArticle(author, { id, version: 1, ...past })).rejects.toMatchObject({
      reason: 'request/invalid',
      fields: [{ path: 'at', message: 'Must be in the future.' }],
    })
    const blank = await createArticle(author, { title: 'T' })
    await expect(
      scheduleArticle(author, { id: blank.id, version: 1, ...toPublish }),
    ).rejects.toThrow(failsWith('article/incomplete'))
    const other = await domain.person()
    await expect(scheduleArticle(other, { id, version: 1, ...toPublish })).rejects.toThrow(
      failsWith('article/not-found'),
    )
    await expect(scheduleArticle(author, { id, version: 1, ...toUnpublish })).rejects.toThrow(
      failsWith('article/not-published'),
    )
    expect(await emitted(database, id)).toEqual([])
  })

  test('what is scheduled is its author’s alone, stays complete, and may be published sooner', async () => {
    const author = await domain.person()
    const { id, slug } = await draftOf(author)
    await scheduleArticle(author, { id, version: 1, ...toPublish })
    await expect(getArticle(domain.anonymous(), { slug })).rejects.toThrow(
      failsWith('article/not-found'),
    )
    await expect(updateArticle(author, { id, version: 2, title: '' })).rejects.toThrow(
      failsWith('article/incomplete'),
    )
    const out = await publishArticle(author, { id, version: 2 })
    expect(out).toMatchObject({ status: 'published', schedule: null })
  })

  test('50 people set, take back and publish at once: one wins', async () => {
    const author = await domain.person()
    const { id } = await draftOf(author)
    const calls = Array.from({ length: 50 }, (_, n) =>
      n % 2 === 0
        ? scheduleArticle(author, { id, version: 1, ...toPublish })
        : publishArticle(author, { id, version: 1 }),
    )
    expect(await raced(calls)).toMatchObject({ won: 1 })
    expect(await audited(database, id)).toHaveLength(1)
    expect(await getArticleSource(author, { id })).toMatchObject({ version: 2 })
  })
})

describe('when the time has come', () => {
  test('the article is published, once, whoever looks; the job was left for that time', async () => {
    const author = await domain.person()
    await database.sql`delete from pgboss.job`
    const ids: string[] = []
    for (let n = 0; n < 5; n += 1) {
      const { id } = await draftOf(author)
      await scheduleArticle(author, { id, version: 1, ...toPublish })
      ids.push(id)
    }
    const left = await database.sql<{ at: Date }[]>`
      select start_after as at from pgboss.job
      where name = 'articles.apply-schedule' and start_after = ${time.at}`
    expect(left).toHaveLength(5)
    await applyElsewhere()
    for (const id of ids) expect(await emitted(database, id)).toEqual(['article.scheduled'])
    for (const id of ids) await letComeDue(id)
    await Promise.all(Array.from({ length: 10 }, () => applyElsewhere()))
    for (const id of ids) {
      expect(await emitted(database, id)).toEqual(['article.published', 'article.scheduled'])
      expect(await audited(database, id)).toEqual(['article.published', 'article.scheduled'])
      expect(await getArticleSource(author, { id })).toMatchObject({
        status: 'published',
        schedule: null,
        version: 3,
      })
    }
  })

  test.for([
    ['ahead', 24],
    ['behind', -24],
  ] as const)(
    'a worker whose clock is %s does what is due by that of the database',
    async ([, hours]) => {
      const author = await domain.person()
      const [due, later] = [await draftOf(author), await draftOf(author)]
      const at = new Date(Date.now() + HOUR_MS).toISOString()
      for (const { id } of [due, later]) {
        await scheduleArticle(author, { id, version: 1, ...toPublish, at })
      }
      await letComeDue(due.id)
      await applyElsewhere(() => new Date(Date.now() + hours * HOUR_MS))
      expect(await emitted(database, due.id)).toEqual(['article.published', 'article.scheduled'])
      expect(await emitted(database, later.id)).toEqual(['article.scheduled'])
    },
  )

  test('a published one becomes a draft, also where its editor has lost the right', async () => {
    const editor = await domain.person({ role: 'editor' })
    const { id, slug } = await insertArticle(database.db, { authorId: editor.actor.user.id })
    const set = await scheduleArticle(editor, { id, version: 1, ...toUnpublish })
    expect(set).toMatchObject({ status: 'published', schedule: toUnpublish })
    await getArticle(domain.anonymous(), { slug })
    await database.db
      .update(users)
      .set({ status: 'suspended' })
      .where(eq(users.id, editor.actor.user.id))
    await letComeDue(id)
    await applyElsewhere()
    expect(await emitted(database, id)).toEqual(['article.scheduled', 'article.unpublished'])
    await expect(getArticle(domain.anonymous(), { slug })).rejects.toThrow(
      failsWith('article/not-found'),
    )
  })

  test('a time that was taken back, or belongs to what was unpublished by hand, does nothing', async () => {
    const author = await domain.person()
    const { id } = await draftOf(author)
    await scheduleArticle(author, { id, version: 1, ...toPublish })
    await unscheduleArticle(author, { id, version: 2 })
    const out = await insertArticle(database.db, { authorId: author.actor.user.id })
    await scheduleArticle(author, { id: out.id, version: 1, ...toUnpublish })
    await unpublishArticle(author, { id: out.id, version: 2 })
    await database.sql`
      update pgboss.job set start_after = now() where name = 'articles.apply-schedule'`
    await runDue()
    expect(await getArticleSource(author, { id })).toMatchObject({ status: 'draft', notice: null })
    expect(await getArticleSource(author, { id: out.id })).toMatchObject({ schedule: null })
  })

  test('one that cannot be published any longer is a draft again, and says why; others go out', async () => {
    const author = await domain.person()
    const gone = await domain.person()
    const file = await upload(author, { fields: { alt: 'Rain' } })
    await domain.runJobs()
    const fields = { title: 'T', body: 'B', coverMediaId: file.id }
    const pictured = await createArticle(author, fields)
    const lost = await draftOf(gone)
    const fine = await draftOf(author)
    await scheduleArticle(author, { id: pictured.id, version: 1, ...toPublish })
    await scheduleArticle(gone, { id: lost.id, version: 1, ...toPublish })
    await scheduleArticle(author, { id: fine.id, version: 1, ...toPublish })
    await updateMedia(author, { id: file.id, alt: '' })
    await database.db.update(users).set({ role: 'reader' }).where(eq(users.id, gone.actor.user.id))
    for (const { id } of [pictured, lost, fine]) await letComeDue(id)
    await applyElsewhere()
    await applyElsewhere()
    expect(await getArticleSource(author, { id: pictured.id })).toMatchObject({
      status: 'draft',
      schedule: null,
      notice: { kind: 'missed', reason: expect.stringContaining('alternative text') },
    })
    expect(await getArticleSource(gone, { id: lost.id })).toMatchObject({
      status: 'draft',
      notice: { kind: 'missed', reason: 'Who set the time may no longer publish it.' },
    })
    const missed = ['article.schedule-missed', 'article.scheduled']
    expect(await audited(database, lost.id)).toEqual(missed)
    expect(await emitted(database, lost.id)).toEqual(missed)
    expect(await getArticleSource(author, { id: fine.id })).toMatchObject({ status: 'published' })
    const again = await scheduleArticle(author, { id: fine.id, version: 3, ...toUnpublish })
    expect(again.notice).toBeNull()
  })
})

test('looking for what is due is one statement', async () => {
  database.statements.length = 0
  await applyElsewhere()
  expect(database.statements).toHaveLength(1)
})
