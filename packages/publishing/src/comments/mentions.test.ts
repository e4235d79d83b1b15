import { commentMentions, comments, outbox, users } from '@galley/db/schema'
import { insertArticle } from '@galley/testing/publishing/factories'
import { insertUser } from '@galley/testing/factories'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { getComment } from './list.ts'
import { markMentions } from './refresh-mentions.ts'
import { createComment, deleteComment, updateComment } from './write.ts'

const domain = useTestDomain()
const { database } = domain

async function setUp() {
  const reader = await domain.person({ role: 'reader' })
  const { id: articleId } = await insertArticle(database.db, { authorId: reader.actor.user.id })
  return { reader, articleId }
}

const stored = (commentId: string) =>
  database.db
    .select({ username: commentMentions.username, userId: commentMentions.userId })
    .from(commentMentions)
    .where(eq(commentMentions.commentId, commentId))
    .orderBy(commentMentions.username)

const crowd = expect.objectContaining({
  reason: 'request/invalid',
  fields: [{ path: 'body', message: 'Mention at most 10 people.' }],
})

test('people who are there are linked and stored, others stay text', async () => {
  const { reader, articleId } = await setUp()
  const lena = await insertUser(database.db, { username: 'lena-k' })
  await insertUser(database.db, { username: 'unverified-k', emailVerifiedAt: null })
  const body = '@Lena-K and @nobody-k and @unverified-k, `@lena-k`'
  const { id, bodyHtml } = await createComment(reader, { articleId, body })
  expect(bodyHtml).toContain('<a href="/authors/lena-k"')
  expect(bodyHtml.match(/<a /g)).toHaveLength(1)
  expect(await stored(id)).toEqual([{ username: 'lena-k', userId: lena.id }])
  const reply = await createComment(reader, { articleId, parentId: id, body: 'Yes, @lena-k.' })
  expect(await stored(reply.id)).toEqual([{ username: 'lena-k', userId: lena.id }])
})

test.each([
  ['Nobody.', 1],
  ['Not in an address, me@example.com.', 1],
  ['To @lena-s.', 2],
  ['To @lena-s, @nobody-s and @tom-s.', 2],
])('%j is written by as many statements: %i', async (body, count) => {
  const { reader, articleId } = await setUp()
  await insertUser(database.db, { username: 'lena-s' }).catch(() => {})
  database.statements.length = 0
  await createComment(reader, { articleId, body })
  expect(database.statements).toHaveLength(count)
})

test('two hundred names are refused, ten people and any number of strangers are not', async () => {
  const { reader, articleId } = await setUp()
  const names = Array.from({ length: 11 }, (_, n) => `crowd-${n}`)
  for (const username of names) await insertUser(database.db, { username })
  const call = (all: string[]) => all.map((name) => `@${name}`).join(' ')
  const strangers = Array.from({ length: 200 }, (_, n) => `stranger-${n}`)
  await expect(createComment(reader, { articleId, body: call(names) })).rejects.toThrow(crowd)
  expect(await database.db.$count(comments, eq(comments.articleId, articleId))).toBe(0)
  const body = `${call(names.slice(1))} ${call(strangers)} \`@crowd-0\``
  const { id } = await createComment(reader, { articleId, body })
  expect(await stored(id)).toHaveLength(10)
  await expect(updateComment(reader, { id, body: call(names) })).rejects.toThrow(crowd)
  expect(await stored(id)).toHaveLength(10)
})

test('an edit stores whom it mentions now, and a deleted comment nobody', async () => {
  const { reader, articleId } = await setUp()
  for (const username of ['first-e', 'second-e']) await insertUser(database.db, { username })
  const names = async () => (await stored(id)).map(({ username }) => username)
  const { id } = await createComment(reader, { articleId, body: '@first-e' })
  await updateComment(reader, { id, body: '@first-e @second-e' })
  expect(await names()).toEqual(['first-e', 'second-e'])
  await updateComment(reader, { id, body: 'Nobody' })
  expect(await names()).toEqual([])
  await updateComment(reader, { id, body: '@second-e' })
  await createComment(reader, { articleId, parentId: id, body: 'Reply' })
  await deleteComment(reader, { id })
  expect(await names()).toEqual([])
})

test('who has another name since is still mentioned, by the new one', async () => {
  const { reader, articleId } = await setUp()
  const person = await insertUser(database.db, { username: 'before-r' })
  const { id } = await createComment(reader, { articleId, body: 'Ask @before-r.' })
  await database.db.update(users).set({ username: 'after-r' }).where(eq(users.id, person.id))
  const changed = { userId: person.id }
  await markMentions(reader, changed)
  const told = () => database.db.$count(outbox, eq(outbox.event, 'texts.outdated'))
  expect(await told()).toBe(1)
  const { bodyHtml } = await getComment(reader, { id })
  expect(bodyHtml).toContain('<a href="/authors/after-r"')
  await markMentions(reader, changed)
  expect(await told()).toBe(1)
  const [kept] = await database.db.select().from(comments).where(eq(comments.id, id))
  expect(kept?.renderVersion).toBe(reader.markdown.version)
  const edited = await updateComment(reader, { id, body: 'Do ask @before-r.' })
  expect(edited.bodyHtml).toContain('<a href="/authors/after-r"')
  expect(await stored(id)).toEqual([{ username: 'before-r', userId: person.id }])
})

test('a comment from before mentions nobody when it is rendered again', async () => {
  const { reader, articleId } = await setUp()
  const { id } = await createComment(reader, { articleId, body: 'To @later-on.' })
  await insertUser(database.db, { username: 'later-on' })
  await database.db.update(comments).set({ renderVersion: 0 }).where(eq(comments.id, id))
  const shown = '<p>To @later-on.</p>'
  expect((await getComment(reader, { id })).bodyHtml).toBe(shown)
  const again = await updateComment(reader, { id, body: 'To @later-on.' })
  expect(again).toMatchObject({ bodyHtml: shown, editedAt: null })
  expect((await getComment(reader, { id })).bodyHtml).toBe(shown)
})
