import type { LiveMessage } from '@galley/contract/platform/live'
import type { Topic } from '@galley/contract/topics'
import { createAnnouncer } from '@galley/platform/events/announcer'
import { watchTopics } from '@galley/platform/live/watch'
import { insertArticle } from '@galley/testing/publishing/factories'
import { expect, onTestFinished, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { createComment } from '../comments/write.ts'
import type { Ctx } from '../ctx.ts'
import { deleteArticle } from './delete.ts'
import { publishArticle, unpublishArticle } from './publish.ts'

const domain = useTestDomain()

/** An author whose process tells others of what it does. */
async function author() {
  const ctx = await domain.person({ role: 'author' })
  return { ...ctx, announce: createAnnouncer(domain.database.db, { sender: 'test' }).announce }
}

/** What somebody hears of topics until the test is over. */
async function watch(ctx: Ctx, topics: Topic[]) {
  const left = new AbortController()
  onTestFinished(() => left.abort())
  const stream = await watchTopics(ctx, { topics }, { signal: left.signal, onOverflow() {} })
  const messages: LiveMessage[] = []
  void (async () => {
    for await (const { message } of stream) messages.push(message)
  })()
  await expect.poll(() => messages.length).toBe(1)
  return {
    hints: () => messages.flatMap(({ hints }) => hints),
    ended: () => messages.flatMap(({ ended }) => ended),
  }
}

test('who reads an article hears of it and of what is said, and of no other', async () => {
  const ctx = await author()
  const article = await insertArticle(ctx.db, { authorId: ctx.actor.user.id })
  const another = await insertArticle(ctx.db, { authorId: ctx.actor.user.id })
  const reader = await watch(domain.anonymous(), [{ article: article.id }])
  await createComment(ctx, { articleId: another.id, body: 'Elsewhere.' })
  const comment = await createComment(ctx, { articleId: article.id, body: 'Here.' })
  await expect.poll(reader.hints).toEqual([
    {
      event: 'comment.created',
      topic: { article: article.id },
      ids: { articleId: article.id, commentId: comment.id },
    },
  ])
})

test('who may not see it any more hears no more of it; its author does until it is gone', async () => {
  const ctx = await author()
  const { id, version } = await insertArticle(ctx.db, { authorId: ctx.actor.user.id })
  const topics = [{ article: id }]
  const [reader, own] = [await watch(domain.anonymous(), topics), await watch(ctx, topics)]
  const draft = await unpublishArticle(ctx, { id, version })
  await expect.poll(reader.ended).toEqual(topics)
  await publishArticle(ctx, { id, version: draft.version })
  await expect
    .poll(() => own.hints().map(({ event }) => event))
    .toEqual(['article.unpublished', 'article.published'])
  await deleteArticle(ctx, { id })
  await expect.poll(own.ended).toEqual(topics)
  expect([reader.hints(), own.hints().length]).toEqual([[], 2])
})

test('a draft, and what happens to its text, is for those who may edit it', async () => {
  const ctx = await author()
  const stranger = await domain.person({ role: 'author' })
  const { id: authorId } = ctx.actor.user
  const draft = await insertArticle(ctx.db, { authorId, status: 'draft', publishedAt: null })
  const published = await insertArticle(ctx.db, { authorId })
  await expect(watch(stranger, [{ article: draft.id }])).rejects.toMatchObject({
    reason: 'article/not-found',
  })
  await expect(watch(stranger, [{ editing: published.id }])).rejects.toMatchObject({
    reason: 'article/forbidden',
  })
  const some = await watch(stranger, [{ editing: published.id }, { article: published.id }])
  expect(some.ended()).toEqual([{ editing: published.id }])
  await watch(await domain.person({ role: 'editor' }), [{ editing: draft.id }])
  await watch(ctx, [{ editing: draft.id }])
})
