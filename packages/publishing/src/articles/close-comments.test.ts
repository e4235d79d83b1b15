import { auditLog } from '@galley/db/schema'
import type { CommittedEvent } from '@galley/platform/events/announcer'
import { insertArticle } from '@galley/testing/publishing/factories'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { listComments } from '../comments/list.ts'
import { createComment } from '../comments/write.ts'
import { closeComments, openComments } from './close-comments.ts'
import { getArticle } from './get.ts'

const domain = useTestDomain()
const { database } = domain
const failsWith = (reason: string) => expect.objectContaining({ reason })

async function setUp(values = {}) {
  const author = await domain.person()
  const article = await insertArticle(database.db, { authorId: author.actor.user.id, ...values })
  const heard: CommittedEvent[] = []
  const ctx = { ...author, announce: (event: CommittedEvent) => void heard.push(event) }
  return { ctx, id: article.id, heard, reader: await domain.person({ role: 'reader' }) }
}

const actions = async (id: string) =>
  (
    await database.db.select().from(auditLog).where(eq(auditLog.targetId, id)).orderBy(auditLog.id)
  ).map(({ action }) => action)

test('a closed article takes no comments and no replies, keeps those it has, and opens again', async () => {
  const { ctx, id, heard, reader } = await setUp()
  const comment = await createComment(reader, { articleId: id, body: 'Before' })
  const before = await getArticle(reader, { slug: id })
  expect(await closeComments(ctx, { id })).toEqual({ id, commentsClosed: true })
  expect(await closeComments(ctx, { id })).toEqual({ id, commentsClosed: true })
  const refused = failsWith('article/comments-closed')
  const late = { articleId: id, body: 'Late' }
  await expect(createComment(reader, late)).rejects.toThrow(refused)
  await expect(createComment(ctx, { ...late, parentId: comment.id })).rejects.toThrow(refused)
  const closed = await getArticle(reader, { slug: id })
  expect(closed).toEqual({
    ...before,
    commentsClosed: true,
    can: { ...before.can, comment: false },
  })
  const { items } = await listComments(reader, { articleId: id, limit: 20 })
  expect(items).toMatchObject([{ body: 'Before', can: { edit: true, delete: true, reply: false } }])
  expect(await openComments(ctx, { id })).toEqual({ id, commentsClosed: false })
  await createComment(reader, late)
  const payload = { articleId: id }
  expect(heard).toEqual([
    { id: expect.any(String), event: 'article.comments-closed', payload },
    { id: expect.any(String), event: 'article.comments-opened', payload },
  ])
  expect(await actions(id)).toEqual(['article.comments-closed', 'article.comments-opened'])
})

test('its author and editors close it, nobody else', async () => {
  const { id, heard, reader } = await setUp()
  for (const stranger of [reader, await domain.person()]) {
    await expect(closeComments(stranger, { id })).rejects.toThrow(failsWith('article/forbidden'))
    await expect(openComments(stranger, { id })).rejects.toThrow(failsWith('article/forbidden'))
  }
  expect([heard, await actions(id)]).toEqual([[], []])
  const editor = await domain.person({ role: 'editor' })
  expect(await closeComments(editor, { id })).toEqual({ id, commentsClosed: true })
  const missing = { id: editor.actor.user.id }
  await expect(closeComments(editor, missing)).rejects.toThrow(failsWith('article/not-found'))
})

test('a draft is closed before it is out, and nobody hears of it', async () => {
  const { ctx, id, heard, reader } = await setUp({ status: 'draft', publishedAt: null })
  await closeComments(ctx, { id })
  expect([heard, await actions(id)]).toEqual([[], ['article.comments-closed']])
  await expect(openComments(reader, { id })).rejects.toThrow(failsWith('article/not-found'))
})
