import type { CommentThread } from '@galley/contract/publishing/comments'
import { articles, comments } from '@galley/db/schema'
import { insertArticle, insertComment } from '@galley/testing/publishing/factories'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { getComment, listComments, listReplies } from './list.ts'
import { createComment, deleteComment, updateComment } from './write.ts'

const domain = useTestDomain()
const { database } = domain
const failsWith = (reason: string) => expect.objectContaining({ reason })

async function articleWithPeople() {
  const author = await domain.person()
  const article = await insertArticle(database.db, { authorId: author.actor.user.id })
  const articleId = article.id
  const reader = await domain.person({ role: 'reader' })
  // One a second, for those of one moment are in no order that a test could name.
  let second = Date.now()
  const write = (body: string, parentId?: string, by = reader) => {
    const at = new Date((second += 1000))
    return createComment({ ...by, now: () => at }, { articleId, body, parentId })
  }
  return { author, articleId, reader, write }
}

const threadsOf = async (articleId: string): Promise<CommentThread[]> =>
  (await listComments(domain.anonymous(), { articleId, limit: 20 })).items

const storedCounts = async (articleId: string) => ({
  article: (await database.db.select().from(articles).where(eq(articles.id, articleId)))[0]
    ?.commentCount,
  comments: Object.fromEntries(
    (await database.db.select().from(comments).where(eq(comments.articleId, articleId)))
      .filter(({ replyCount }) => replyCount > 0)
      .map(({ id, replyCount }) => [id, replyCount]),
  ),
})

test('a reply to a reply is in the same thread, and says whom it answers', async () => {
  const { articleId, author, write } = await articleWithPeople()
  const first = await write('First')
  const reply = await write('Reply', first.id, author)
  const second = await write('Second')
  const answer = await write('Answer', reply.id)
  expect(reply).toMatchObject({ parentId: first.id, answers: null, can: { reply: true } })
  expect(answer).toMatchObject({
    parentId: first.id,
    answers: { id: reply.id, author: { username: author.actor.user.username } },
  })
  const threads = await threadsOf(articleId)
  expect(threads.map(({ id }) => id)).toEqual([first.id, second.id])
  expect(threads.map(({ replyCount }) => replyCount)).toEqual([2, 0])
  const signedOut = { edit: false, delete: false, reply: false }
  expect(threads[0]?.replies).toEqual({
    items: [
      { ...reply, can: signedOut },
      { ...answer, can: signedOut },
    ],
    page: { nextCursor: null },
  })
  expect(await getComment(domain.anonymous(), answer)).toEqual({ ...answer, can: signedOut })
  expect(await storedCounts(articleId)).toEqual({ article: 4, comments: { [first.id]: 2 } })
})

test('a reply needs a comment that is there, of the same article', async () => {
  const { articleId, write } = await articleWithPeople()
  const elsewhere = await (await articleWithPeople()).write('Elsewhere')
  for (const parentId of [elsewhere.id, articleId]) {
    await expect(write('Reply', parentId)).rejects.toThrow(failsWith('comment/not-found'))
  }
  expect(await threadsOf(articleId)).toEqual([])
})

test('a list has the first replies of each, and replies go on from there', async () => {
  const { articleId, write } = await articleWithPeople()
  const { id } = await write('Comment')
  for (let n = 1; n <= 7; n += 1) await write(`Reply ${n}`, id)
  const [thread] = await threadsOf(articleId)
  const bodies = (items: readonly { body: string }[] = []) => items.map(({ body }) => body)
  expect(bodies(thread?.replies.items)).toEqual(['Reply 1', 'Reply 2', 'Reply 3'])
  const cursor = thread?.replies.page.nextCursor ?? ''
  const rest = await listReplies(domain.anonymous(), { id, cursor, limit: 3, total: true })
  expect(bodies(rest.items)).toEqual(['Reply 4', 'Reply 5', 'Reply 6'])
  expect(rest.page).toEqual({ nextCursor: expect.any(String), total: 7 })
  const newest = await listReplies(domain.anonymous(), { id, limit: 2, sort: 'newest' })
  expect(bodies(newest.items)).toEqual(['Reply 7', 'Reply 6'])
})

test('a list around a comment begins with its thread, and has the reply that is wanted', async () => {
  const { articleId, author, reader } = await articleWithPeople()
  const authorId = reader.actor.user.id
  const at = (minute: number) => new Date(Date.UTC(2026, 3, 1, 0, minute))
  const add = (minute: number, parentId?: string) =>
    insertComment(database.db, { articleId, authorId, createdAt: at(minute), parentId })
  const threads = [await add(1), await add(2), await add(3)]
  const [first, middle, last] = threads.map(({ id }) => id)
  const replies: string[] = []
  for (let n = 0; n < 6; n += 1) replies.push((await add(10 + n, middle)).id)
  const around = async (id: string, sort?: 'newest') =>
    (await listComments(author, { articleId, around: id, limit: 2, sort })).items
  const page = await around(replies[5] ?? '')
  expect(page.map(({ id }) => id)).toEqual([middle, last])
  expect(page[0]?.replies.items.map(({ id }) => id)).toEqual(replies)
  expect((await around(middle ?? '')).map(({ id }) => id)).toEqual([middle, last])
  expect((await around(middle ?? '', 'newest')).map(({ id }) => id)).toEqual([middle, first])
  const other = await articleWithPeople()
  const elsewhere = await other.write('Elsewhere')
  for (const id of [elsewhere.id, articleId]) {
    await expect(around(id)).rejects.toThrow(failsWith('comment/not-found'))
  }
  const draft = await insertArticle(database.db, {
    authorId: author.actor.user.id,
    status: 'draft',
  })
  const hidden = await insertComment(database.db, { articleId: draft.id, authorId })
  for (const id of [hidden.id, elsewhere.id]) {
    const wanted = { articleId: draft.id, around: id, limit: 2 }
    await expect(listComments(reader, wanted)).rejects.toThrow(failsWith('article/not-found'))
  }
})

test('a deleted comment keeps its thread, without its author and its text, as long as it has replies', async () => {
  const { articleId, reader, write, author } = await articleWithPeople()
  const comment = await write('Secret')
  const reply = await write('Reply', comment.id, author)
  await deleteComment(reader, { id: comment.id })
  const [stored] = await database.db.select().from(comments).where(eq(comments.id, comment.id))
  expect(stored).toMatchObject({ authorId: null, body: '', bodyHtml: '', editedAt: null })
  const [kept] = await threadsOf(articleId)
  expect(kept).toMatchObject({
    id: comment.id,
    author: { username: '', avatarUrl: null },
    body: '',
    bodyHtml: '',
    deletedAt: expect.any(String),
    replyCount: 1,
    can: { edit: false, delete: false, reply: false },
  })
  expect(kept?.replies.items).toHaveLength(1)
  expect(await storedCounts(articleId)).toMatchObject({ article: 1 })
  const gone = failsWith('comment/not-found')
  await expect(deleteComment(reader, { id: comment.id })).rejects.toThrow(gone)
  await expect(updateComment(reader, { id: comment.id, body: 'B' })).rejects.toThrow(gone)
  await expect(write('Late', comment.id)).rejects.toThrow(gone)
  const answer = await write('Answer', reply.id)
  await deleteComment(author, { id: reply.id })
  expect((await threadsOf(articleId))[0]?.replies.items).toMatchObject([
    { id: answer.id, answers: null },
  ])
  await deleteComment(reader, { id: answer.id })
  expect(await threadsOf(articleId)).toEqual([])
  await expect(getComment(reader, comment)).rejects.toThrow(gone)
  expect(await storedCounts(articleId)).toEqual({ article: 0, comments: {} })
})

test('an article goes with its threads', async () => {
  const { articleId, write, reader } = await articleWithPeople()
  const comment = await write('Comment')
  await write('Answer', (await write('Reply', comment.id)).id)
  await deleteComment(reader, { id: comment.id })
  await database.db.delete(articles).where(eq(articles.id, articleId))
  expect(await database.db.$count(comments, eq(comments.articleId, articleId))).toBe(0)
})

test('an edit is refused once its time is over, and changes nothing', async () => {
  const { write, reader } = await articleWithPeople()
  const { id, createdAt } = await write('Text')
  const late = { ...reader, now: () => new Date(Date.parse(createdAt) + 15 * 60_000) }
  await expect(updateComment(late, { id, body: 'Other' })).rejects.toThrow(
    failsWith('comment/edit-window-over'),
  )
  expect(await getComment(late, { id })).toMatchObject({
    body: 'Text',
    editedAt: null,
    can: { edit: false, delete: true },
  })
  await deleteComment(late, { id })
})

test.each([0, 5, 50])('%i threads with replies are one statement', async (count) => {
  const { articleId, author } = await articleWithPeople()
  const authorId = author.actor.user.id
  for (let n = 0; n < count; n += 1) {
    const { id: parentId } = await insertComment(database.db, { articleId, authorId })
    await insertComment(database.db, { articleId, authorId, parentId })
  }
  database.statements.length = 0
  const { items } = await listComments(author, { articleId, limit: 100 })
  expect(items.flatMap(({ replies }) => replies.items)).toHaveLength(count)
  expect(database.statements).toHaveLength(1)
})

test('replies of an older renderer are rendered again too', async () => {
  const { articleId, author } = await articleWithPeople()
  const under = { articleId, authorId: author.actor.user.id }
  const { id: parentId } = await insertComment(database.db, under)
  const stale = { body: '*new*', bodyHtml: 'old', renderVersion: 0 }
  await insertComment(database.db, { ...under, parentId, ...stale })
  const [thread] = await threadsOf(articleId)
  expect(thread?.replies.items[0]?.bodyHtml).toContain('<em>new</em>')
})
