import { outbox } from '@galley/db/schema'
import { transact } from '@galley/platform/ctx'
import type { CommittedEvent } from '@galley/platform/events/announcer'
import { insertArticle, insertComment } from '@galley/testing/publishing/factories'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { createComment, deleteComment, updateComment } from './write.ts'
import { getComment, listComments } from './list.ts'

const domain = useTestDomain()
const { database } = domain
const failsWith = (reason: string) => expect.objectContaining({ reason })

async function articleWithPeople() {
  const author = await domain.person()
  const article = await insertArticle(database.db, { authorId: author.actor.user.id })
  return { author, article, reader: await domain.person({ role: 'reader' }) }
}

test('people edit their own comments only, and the edit shows', async () => {
  const { author, article, reader } = await articleWithPeople()
  const comment = await createComment(reader, { articleId: article.id, body: 'Frist' })
  expect(await updateComment(reader, { id: comment.id, body: 'Frist' })).toEqual(comment)
  const edited = await updateComment(reader, { id: comment.id, body: 'First' })
  expect(edited).toMatchObject({ body: 'First', editedAt: expect.any(String) })
  const editor = await domain.person({ role: 'editor' })
  for (const other of [author, editor]) {
    await expect(updateComment(other, { id: comment.id, body: 'X' })).rejects.toThrow(
      failsWith('comment/forbidden'),
    )
  }
})

test('a comment is deleted by its author, the author of the article or an editor', async () => {
  const { author, article, reader } = await articleWithPeople()
  const editor = await domain.person({ role: 'editor' })
  const stranger = await domain.person()
  for (const allowed of [reader, author, editor]) {
    const { id } = await createComment(reader, { articleId: article.id, body: 'Text' })
    await expect(deleteComment(stranger, { id })).rejects.toThrow(failsWith('comment/forbidden'))
    expect(await deleteComment(allowed, { id })).toEqual({ id })
    await expect(deleteComment(allowed, { id })).rejects.toThrow(failsWith('comment/not-found'))
  }
})

test('a draft has no comments for those who may not see it', async () => {
  const { author, reader } = await articleWithPeople()
  const authorId = author.actor.user.id
  const draft = await insertArticle(database.db, { authorId, status: 'draft' })
  const comment = await insertComment(database.db, {
    articleId: draft.id,
    authorId: reader.actor.user.id,
  })
  const input = { articleId: draft.id, limit: 20 }
  await expect(listComments(reader, input)).rejects.toThrow(failsWith('article/not-found'))
  await expect(createComment(reader, { articleId: draft.id, body: 'B' })).rejects.toThrow(
    failsWith('article/not-found'),
  )
  await expect(updateComment(reader, { id: comment.id, body: 'B' })).rejects.toThrow(
    failsWith('comment/not-found'),
  )
  await expect(getComment(reader, comment)).rejects.toThrow(failsWith('comment/not-found'))
  await expect(createComment(author, { articleId: draft.id, body: 'B' })).rejects.toThrow(
    failsWith('article/not-published'),
  )
  const { items } = await listComments(author, input)
  expect(items).toHaveLength(1)
  const replies = { items: [], page: { nextCursor: null } }
  expect(items[0]).toEqual({ ...(await getComment(author, comment)), replies })
})

test('a comment and its event hold together, and the event is announced after the commit', async () => {
  const { article, reader } = await articleWithPeople()
  const heard: CommittedEvent[] = []
  const input = { articleId: article.id, body: 'Text' }
  // In a transaction nothing may be rendered: it is ready then.
  const rendered = await reader.markdown.render(input.body, { profile: 'comment', holder: 'test' })
  const markdown = { ...reader.markdown, render: () => Promise.resolve(rendered) }
  const announce = (event: CommittedEvent) => void heard.push(event)
  const ctx = { ...reader, markdown, announce }
  const stored = () => database.db.select().from(outbox).orderBy(outbox.id)
  const before = (await stored()).length
  const failing = transact(ctx, async (tx) => {
    await createComment({ ...ctx, db: tx }, input)
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  await expect(createComment(ctx, { ...input, articleId: reader.actor.user.id })).rejects.toThrow(
    failsWith('article/not-found'),
  )
  expect([heard, (await stored()).length]).toEqual([[], before])

  const { id } = await createComment(ctx, input)
  const payload = { commentId: id, articleId: article.id }
  expect(heard).toEqual([{ id: expect.any(String), event: 'comment.created', payload }])
  expect((await stored()).slice(before)).toMatchObject([{ ...heard[0], requestId: ctx.requestId }])
  await transact(ctx, async (tx) => {
    await createComment({ ...ctx, db: tx }, input)
    expect(heard).toHaveLength(1)
  })
  expect(heard).toHaveLength(2)
})

test('a changed and a deleted comment are events, the same text again is none', async () => {
  const { article, reader } = await articleWithPeople()
  const { id } = await createComment(reader, { articleId: article.id, body: 'Text' })
  const heard: CommittedEvent[] = []
  const ctx = { ...reader, announce: (event: CommittedEvent) => void heard.push(event) }
  await updateComment(ctx, { id, body: 'Text' })
  expect(heard).toEqual([])
  await updateComment(ctx, { id, body: 'Other' })
  await deleteComment(ctx, { id })
  const payload = { commentId: id, articleId: article.id }
  expect(heard).toEqual([
    { id: expect.any(String), event: 'comment.updated', payload },
    { id: expect.any(String), event: 'comment.deleted', payload },
  ])
})

test('the suspended do not comment', async () => {
  const { article } = await articleWithPeople()
  const suspended = await domain.person({ status: 'suspended' })
  await expect(createComment(suspended, { articleId: article.id, body: 'B' })).rejects.toThrow(
    failsWith('user/suspended'),
  )
})

test.each(['&nbsp;', '**&nbsp;**', '# ', '> ', '<!-- a -->', '[a]: https://example.com'])(
  'readers would see nothing of %j: it is refused and nothing changes',
  async (body) => {
    const { article, reader } = await articleWithPeople()
    const refused = expect.objectContaining({
      reason: 'request/invalid',
      fields: [{ path: 'body', message: 'Must not be empty.' }],
    })
    await expect(createComment(reader, { articleId: article.id, body })).rejects.toThrow(refused)
    const { id } = await createComment(reader, { articleId: article.id, body: 'Text' })
    await expect(updateComment(reader, { id, body })).rejects.toThrow(refused)
    const { items } = await listComments(reader, { articleId: article.id, limit: 20 })
    expect(items.map((comment) => comment.body)).toEqual(['Text'])
  },
)
