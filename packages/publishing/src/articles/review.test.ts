import { TimeOrder } from '@galley/contract/primitives'
import { insertArticle } from '@galley/testing/publishing/factories'
import { expectOrders } from '@galley/platform/test/pages'
import { expect, test } from 'vitest'
import { audited, emitted, raced } from '../../test/steps.ts'
import { useTestDomain } from '../../test/context.ts'
import { createReviewNote } from '../review-notes/create.ts'
import { listReviewNotes } from '../review-notes/list.ts'
import { createArticle } from './create.ts'
import { getArticle, getArticleSource } from './get.ts'
import { listDrafts, listMyArticles } from './list.ts'
import { publishArticle } from './publish.ts'
import { approveArticle, requestReview, sendBackArticle, withdrawReview } from './review.ts'
import { updateArticle } from './update.ts'

const domain = useTestDomain()
const { database } = domain
const failsWith = (reason: string) => expect.objectContaining({ reason })

async function cast() {
  const author = await domain.person()
  const { id } = await createArticle(author, { title: 'Grafting', body: 'In March.' })
  return { author, editor: await domain.person({ role: 'editor' }), id }
}

test('a round: asked for, talked about, sent back, mended, approved', async () => {
  const { author, editor, id } = await cast()
  const asked = await requestReview(author, { id, version: 1, note: 'Too long?' })
  expect(asked).toMatchObject({ status: 'in_review', version: 2 })
  expect(asked.can).toMatchObject({ withdrawReview: true, decideReview: false, publish: false })
  const queue = await listDrafts(editor, { status: 'in_review', limit: 5 })
  expect(queue.items).toMatchObject([{ id, can: { decideReview: true } }])
  expect((await listMyArticles(author, { status: 'in_review', limit: 5 })).items).toHaveLength(1)

  await createReviewNote(editor, { articleId: id, body: 'Only the end.' })
  await createReviewNote(author, { articleId: id, body: 'I see.' })
  const reason = 'Shorten the end.'
  const back = await sendBackArticle(editor, { id, version: 2, reason })
  expect(back).toMatchObject({ status: 'draft', notice: { kind: 'sent_back', reason } })
  expect(await getArticleSource(author, { id })).toMatchObject({ notice: { reason } })
  const mended = await updateArticle(author, { id, version: 3, body: 'In March, briefly.' })
  expect(mended.notice).toMatchObject({ reason })
  const again = await requestReview(author, { id, version: 4 })
  expect(again.notice).toBeNull()
  const out = await approveArticle(editor, { id, version: 5 })
  expect(out).toMatchObject({ status: 'published', version: 6 })
  expect((await getArticle(domain.anonymous(), { slug: out.slug })).bodyHtml).toContain('briefly')

  const list = (input: Omit<Parameters<typeof listReviewNotes>[1], 'articleId'>) =>
    listReviewNotes(author, { ...input, articleId: id })
  database.statements.length = 0
  const { items } = await list({ limit: 20, sort: 'oldest' })
  expect(database.statements).toHaveLength(2)
  expect(items.map(({ kind, body }) => [kind, body])).toEqual([
    ['requested', 'Too long?'],
    ['note', 'Only the end.'],
    ['note', 'I see.'],
    ['sent_back', reason],
    ['requested', ''],
    ['approved', ''],
  ])
  await expectOrders(list, TimeOrder.options, 6)
  expect(await audited(database, id)).toEqual([
    'article.approved',
    'article.published',
    'article.review-requested',
    'article.review-requested',
    'article.sent-back',
  ])
  expect(await emitted(database, id)).toEqual([
    'article.published',
    'article.saved',
    'review.decided',
    'review.decided',
    'review.noted',
    'review.noted',
    'review.requested',
    'review.requested',
  ])
})

test('what is in review is not published past it; its author may take it back', async () => {
  const { author, editor, id } = await cast()
  await requestReview(author, { id, version: 1 })
  for (const person of [author, editor]) {
    await expect(publishArticle(person, { id, version: 2 })).rejects.toThrow(
      failsWith('article/in-review'),
    )
  }
  await expect(requestReview(author, { id, version: 2 })).rejects.toThrow(
    failsWith('article/in-review'),
  )
  const back = await withdrawReview(author, { id, version: 2 })
  expect(back).toMatchObject({ status: 'draft', notice: null })
  await expect(withdrawReview(author, { id, version: 3 })).rejects.toThrow(
    failsWith('article/not-in-review'),
  )
  await expect(approveArticle(editor, { id, version: 3 })).rejects.toThrow(
    failsWith('article/not-in-review'),
  )
  await expect(createReviewNote(author, { articleId: id, body: 'Late.' })).rejects.toThrow(
    failsWith('article/not-in-review'),
  )
  expect(await emitted(database, id)).toEqual(['review.requested', 'review.withdrawn'])
})

test('a review is of a complete article, and decided by editors of the version that they read', async () => {
  const { author, editor, id } = await cast()
  const { id: blank } = await createArticle(author, { title: 'Only a title' })
  await expect(requestReview(author, { id: blank, version: 1 })).rejects.toThrow(
    failsWith('article/incomplete'),
  )
  await requestReview(author, { id, version: 1 })
  const decisions = [approveArticle, sendBackArticle] as const
  for (const decide of decisions) {
    await expect(decide(author, { id, version: 2, reason: 'No.' })).rejects.toThrow(
      failsWith('article/forbidden'),
    )
  }
  await updateArticle(author, { id, version: 2, body: 'In April.' })
  await expect(approveArticle(editor, { id, version: 2 })).rejects.toThrow(
    failsWith('article/stale-version'),
  )
  const stranger = await domain.person()
  await expect(listReviewNotes(stranger, { articleId: id, limit: 5 })).rejects.toThrow(
    failsWith('article/not-found'),
  )
  await expect(createReviewNote(stranger, { articleId: id, body: 'Ha.' })).rejects.toThrow(
    failsWith('article/not-found'),
  )
})

test('an approval may set a time, which is the editor’s', async () => {
  const { author, editor, id } = await cast()
  await requestReview(author, { id, version: 1 })
  const past = { at: '2020-01-01T00:00:00.000Z', zone: 'UTC' }
  await expect(approveArticle(editor, { id, version: 2, schedule: past })).rejects.toMatchObject({
    fields: [{ path: 'schedule.at', message: 'Must be in the future.' }],
  })
  const schedule = { at: '2046-10-15T06:00:00.000Z', zone: 'Asia/Kolkata' }
  const approved = await approveArticle(editor, { id, version: 2, schedule })
  expect(approved).toMatchObject({
    status: 'scheduled',
    schedule: { action: 'publish', ...schedule },
  })
  expect(await emitted(database, id)).toEqual([
    'article.scheduled',
    'review.decided',
    'review.requested',
  ])
})

test('50 editors decide at once: one decision holds', async () => {
  const { author, editor, id } = await cast()
  await requestReview(author, { id, version: 1 })
  const calls = Array.from({ length: 50 }, (_, n) => {
    if (n % 3 === 0) return approveArticle(editor, { id, version: 'any' })
    if (n % 3 === 1) return sendBackArticle(editor, { id, version: 'any', reason: 'No.' })
    return withdrawReview(author, { id, version: 'any' })
  })
  const { won } = await raced(calls)
  expect(won).toBe(1)
  const { items } = await listReviewNotes(author, { articleId: id, limit: 20 })
  expect(items).toHaveLength(2)
})

test('the lists by status are one statement each', async () => {
  const editor = await domain.person({ role: 'editor' })
  const { actor } = await domain.person()
  const authorId = actor.user.id
  for (const status of ['in_review', 'archived'] as const) {
    await insertArticle(database.db, { authorId, status })
    database.statements.length = 0
    const { items } = await listDrafts(editor, { status, limit: 20 })
    expect(items.map((item) => item.status)).toContain(status)
    expect(database.statements).toHaveLength(1)
  }
})
