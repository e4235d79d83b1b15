import { articles, comments } from '@galley/db/schema'
import type { Settings } from '@galley/contract/settings'
import { insertArticle } from '@galley/testing/publishing/factories'
import { inArray } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import { useTestDomain } from '../test/context.ts'
import { createArticle } from './articles/create.ts'
import { applyDueTimes } from './articles/apply-schedule.ts'
import { getArticle, getArticleSource } from './articles/get.ts'
import { publishArticle } from './articles/publish.ts'
import { approveArticle, requestReview } from './articles/review.ts'
import { scheduleArticle } from './articles/schedule.ts'
import { createComment, updateComment } from './comments/write.ts'

const domain = useTestDomain()
const { database } = domain

/** As if an admin had set it. */
const set = (chosen: Partial<Settings>) =>
  domain
    .anonymous()
    .settings.apply({ version: 2, chosen, logoMediaId: null, maintenanceSince: null })
afterEach(() => set({}))

const DAY_MS = 86_400_000
const refused = (message: string) => ({
  reason: 'comment/refused',
  fields: [{ path: 'body', message }],
})

describe('where a review is required', () => {
  const draft = async () => {
    const author = await domain.person({ role: 'author' })
    const { id } = await createArticle(author, { title: 'Grafting', body: 'In March.' })
    return { author, id }
  }
  const at = new Date(Date.now() + DAY_MS).toISOString()

  test('authors ask for one, and an editor publishes', async () => {
    const { author, id } = await draft()
    expect((await getArticleSource(author, { id })).can).toMatchObject({ publish: true })
    set({ reviewRequired: true })
    expect((await getArticleSource(author, { id })).can).toMatchObject({
      publish: false,
      schedulePublish: false,
      requestReview: true,
    })
    const required = { reason: 'article/review-required' }
    await expect(publishArticle(author, { id, version: 1 })).rejects.toMatchObject(required)
    const time = { action: 'publish', at, zone: 'UTC' } as const
    await expect(scheduleArticle(author, { id, version: 1, ...time })).rejects.toMatchObject(
      required,
    )
    await requestReview(author, { id, version: 1 })
    const editor = await domain.person({ role: 'editor' })
    expect(await approveArticle(editor, { id, version: 2 })).toMatchObject({ status: 'published' })
    const own = await createArticle(editor, { title: 'Their own', body: 'A text.' })
    const { id: ownId, version } = own
    expect(await publishArticle(editor, { id: ownId, version })).toMatchObject({
      status: 'published',
    })
  })

  test('a time that an author set before is missed, one that an editor approved is kept', async () => {
    const [first, second] = [await draft(), await draft()]
    const time = { action: 'publish', at, zone: 'UTC' } as const
    await scheduleArticle(first.author, { id: first.id, version: 1, ...time })
    set({ reviewRequired: true })
    await requestReview(second.author, { id: second.id, version: 1 })
    const editor = await domain.person({ role: 'editor' })
    await approveArticle(editor, { id: second.id, version: 2, schedule: { at, zone: 'UTC' } })
    await database.db
      .update(articles)
      .set({ scheduledAt: new Date(Date.now() - 1) })
      .where(inArray(articles.id, [first.id, second.id]))
    await applyDueTimes({ ...domain.anonymous(), actor: { kind: 'system' } })
    expect(await getArticleSource(first.author, { id: first.id })).toMatchObject({
      status: 'draft',
      notice: { reason: 'Who set the time may no longer publish it.' },
    })
    expect(await getArticleSource(second.author, { id: second.id })).toMatchObject({
      status: 'published',
    })
  })
})

describe('comments', () => {
  const cast = async (values: { publishedAt?: Date } = {}) => {
    const author = await domain.person({ role: 'author' })
    const { id: articleId, slug } = await insertArticle(database.db, {
      authorId: author.actor.user.id,
      publishedAt: new Date(),
      ...values,
    })
    return { reader: await domain.person({ role: 'reader' }), articleId, slug }
  }

  test('with blocked words are refused, however they are dressed; parts of other words are not', async () => {
    const { reader, articleId } = await cast()
    set({ blockedWords: ['cheap pills', 'Ärger'] })
    const say = (body: string) => createComment(reader, { articleId, body })
    const wrong = refused('Has a word that is not allowed here.')
    for (const body of [
      'Buy CHEAP  pills!',
      'Buy **ch**eap _pills_.',
      'cheap\u00AD\npills',
      'So ein ÄRGER',
      'So ein A\u0308rger',
    ])
      await expect(say(body), body).rejects.toMatchObject(wrong)
    expect(await database.db.$count(comments)).toBe(0)
    const { id } = await say('Cheap thrills, pills of dust, ärgerlich.')
    await expect(updateComment(reader, { id, body: 'cheap pills' })).rejects.toMatchObject(wrong)
    const editor = await domain.person({ role: 'editor' })
    await createComment(editor, { articleId, body: 'No cheap pills here.' })
  })

  test('with blocked words are refused where words stand without spaces too', async () => {
    const { reader, articleId } = await cast()
    set({ blockedWords: ['赌博', 'ギャンブル', 'พนัน', 'bet365'] })
    const say = (body: string) => createComment(reader, { articleId, body })
    const wrong = refused('Has a word that is not allowed here.')
    for (const body of ['这是赌博网站。', 'オンラインギャンブルです', 'เว็บพนันออนไลน์', '去bet365玩'])
      await expect(say(body), body).rejects.toMatchObject(wrong)
    await say('赌气地博弈，ギャン, alphabet365。')
  })

  test('have at most so many links; who is mentioned is none', async () => {
    const { reader, articleId } = await cast()
    set({ maxCommentLinks: 1 })
    const body = `https://a.example and @${reader.actor.user.username}`
    await createComment(reader, { articleId, body })
    const more = 'https://a.example [two](https://b.example)'
    const tooMany = refused('Must have at most 1 link.')
    await expect(createComment(reader, { articleId, body: more })).rejects.toMatchObject(tooMany)
    set({ maxCommentLinks: 0 })
    await expect(createComment(reader, { articleId, body })).rejects.toMatchObject(
      refused('Must not have links.'),
    )
  })

  test('end some days after an article was published, and begin again with the setting', async () => {
    const old = await cast({ publishedAt: new Date(Date.now() - 3 * DAY_MS) })
    const body = 'Late.'
    const { id: parentId } = await createComment(old.reader, { articleId: old.articleId, body })
    set({ commentDays: 2 })
    const closed = { reason: 'article/comments-closed' }
    const { reader, articleId, slug } = old
    await expect(createComment(reader, { articleId, body })).rejects.toMatchObject(closed)
    await expect(createComment(reader, { articleId, parentId, body })).rejects.toMatchObject(closed)
    expect(await getArticle(reader, { slug })).toMatchObject({
      commentsClosed: true,
      can: { comment: false },
    })
    const recent = await cast()
    await createComment(recent.reader, { articleId: recent.articleId, body })
    set({ commentDays: 4 })
    await createComment(reader, { articleId, parentId, body })
  })
})
