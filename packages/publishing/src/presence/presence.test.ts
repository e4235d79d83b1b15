import { articlePresence, articles, users } from '@galley/db/schema'
import { insertArticle } from '@galley/testing/publishing/factories'
import { and, eq, sql } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import type { AuthedCtx } from '../ctx.ts'
import { announcePresence, deleteOldPresence, leavePresence } from './announce.ts'
import { listPresence } from './list.ts'
import { PRESENCE_CHANNEL } from './signals.ts'

const domain = useTestDomain()
const { database } = domain

const here = { field: 'text', heading: 'Second', line: 3, column: 7 } as const

async function setUp() {
  const author = await domain.person()
  const editor = await domain.person({ role: 'editor' })
  const { id: articleId } = await insertArticle(database.db, {
    authorId: author.actor.user.id,
    status: 'draft',
    publishedAt: null,
  })
  return { author, editor, articleId }
}

const beat = (
  ctx: AuthedCtx,
  articleId: string,
  place: Parameters<typeof announcePresence>[1]['place'] = here,
  pageId: string = crypto.randomUUID(),
) => announcePresence(ctx, { articleId, pageId, place })

const namesFor = async (ctx: AuthedCtx, articleId: string) =>
  (await listPresence(ctx, { articleId })).people.map(({ person }) => person.username)

const nameOf = ({ actor }: AuthedCtx) => actor.user.username

/** As if the last beat were so long ago. */
const age = (articleId: string, seconds: number) =>
  database.db
    .update(articlePresence)
    .set({ seenAt: sql`now() - make_interval(secs => ${seconds})` })
    .where(eq(articlePresence.articleId, articleId))

/** What is notified of an article while the test runs. */
async function notified(articleId: string) {
  let count = 0
  const end = await database.listen(
    PRESENCE_CHANNEL,
    (text) => (count += text.startsWith(articleId) ? 1 : 0),
  )
  onTestFinished(end)
  return () => count
}

test('two who edit an article see each other, and where; who has left is gone', async () => {
  const { author, editor, articleId } = await setUp()
  const pageId = crypto.randomUUID()
  expect(await beat(author, articleId, null)).toEqual({ people: [] })
  const { displayName, username } = author.actor.user
  const people = [{ person: { username, displayName, avatarUrl: null }, place: null }]
  expect(await beat(editor, articleId, here, pageId)).toEqual({ people })
  expect(await listPresence(author, { articleId })).toMatchObject({
    people: [{ person: { username: nameOf(editor) }, place: here }],
  })
  await leavePresence(editor, { articleId, pageId: crypto.randomUUID() })
  expect(await namesFor(author, articleId)).toEqual([nameOf(editor)])
  const left = { articleId, pageId }
  expect(await leavePresence(editor, left)).toEqual({ articleId })
  expect(await leavePresence(editor, left)).toEqual({ articleId })
  expect(await namesFor(author, articleId)).toEqual([])
})

test('who is not heard of for half a minute is gone, and others hear of it at the next beat', async () => {
  const { author, editor, articleId } = await setUp()
  const pageId = crypto.randomUUID()
  await beat(author, articleId, here, pageId)
  await beat(editor, articleId)
  await age(articleId, 25)
  expect(await namesFor(author, articleId)).toEqual([nameOf(editor)])
  await age(articleId, 31)
  expect(await namesFor(author, articleId)).toEqual([])
  const count = await notified(articleId)
  await beat(author, articleId, here, pageId)
  await expect.poll(count).toBe(1)
  expect(
    await database.db
      .select()
      .from(articlePresence)
      .where(eq(articlePresence.articleId, articleId)),
  ).toHaveLength(1)
})

test('only who comes, moves or leaves is notified of: a beat that says the same is not', async () => {
  const { author, articleId } = await setUp()
  const count = await notified(articleId)
  const pageId = crypto.randomUUID()
  await beat(author, articleId, here, pageId)
  await expect.poll(count).toBe(1)
  await beat(author, articleId, here, pageId)
  await beat(author, articleId, { ...here, line: 4 }, pageId)
  await expect.poll(count).toBe(2)
  await leavePresence(author, { articleId, pageId })
  await leavePresence(author, { articleId, pageId })
  await beat(author, articleId, null, pageId)
  await expect.poll(count).toBe(4)
})

test('only who may edit an article is listed, may list, and may say that they are there', async () => {
  const { author, editor, articleId } = await setUp()
  const stranger = await domain.person()
  const none = { reason: 'article/not-found' }
  await expect(beat(stranger, articleId)).rejects.toMatchObject(none)
  await expect(listPresence(stranger, { articleId })).rejects.toMatchObject(none)
  await expect(beat(editor, crypto.randomUUID())).rejects.toMatchObject(none)
  expect(await leavePresence(stranger, { articleId, pageId: crypto.randomUUID() })).toEqual({
    articleId,
  })
  await beat(author, articleId)
  await beat(editor, articleId)
  const { id: editorId } = editor.actor.user
  const set = (change: Partial<typeof users.$inferInsert>) =>
    database.db.update(users).set(change).where(eq(users.id, editorId))
  await set({ role: 'author' })
  expect(await namesFor(author, articleId)).toEqual([])
  await database.db
    .update(articles)
    .set({ bylineIds: [author.actor.user.id, editorId] })
    .where(eq(articles.id, articleId))
  expect(await namesFor(author, articleId)).toEqual([nameOf(editor)])
  await set({ status: 'suspended' })
  expect(await namesFor(author, articleId)).toEqual([])
})

test('a person is there once, wherever they were heard of last, and the rest is bounded', async () => {
  const { author, editor, articleId } = await setUp()
  const [first, second] = [crypto.randomUUID(), crypto.randomUUID()]
  await beat(editor, articleId, here, first)
  await beat(editor, articleId, null, second)
  await leavePresence(editor, { articleId, pageId: first })
  expect((await listPresence(author, { articleId })).people).toMatchObject([{ place: null }])
  const more = Array.from({ length: 22 }, () => domain.person({ role: 'editor' }))
  for (const ctx of await Promise.all(more)) await beat(ctx, articleId, null)
  const names = await namesFor(author, articleId)
  expect([names.length, names[0]]).toEqual([20, nameOf(editor)])
  await age(articleId, 3 * 3600)
  await deleteOldPresence(author)
  const rows = database.db.$count(articlePresence, eq(articlePresence.articleId, articleId))
  expect(await rows).toBe(0)
})

test('twenty beats of one person at once leave one row', async () => {
  const { editor, articleId } = await setUp()
  const pages = Array.from({ length: 20 }, () => crypto.randomUUID())
  await Promise.all(pages.map((pageId) => beat(editor, articleId, here, pageId)))
  const isTheirs = and(
    eq(articlePresence.articleId, articleId),
    eq(articlePresence.userId, editor.actor.user.id),
  )
  expect(await database.db.$count(articlePresence, isTheirs)).toBe(1)
})
