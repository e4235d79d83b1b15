// What happens at once to one thread or one article: fifty ways, and whatever wins, what is stored holds together.
import { articles, comments } from '@galley/db/schema'
import { toAppError } from '@galley/platform/errors'
import { insertArticle } from '@galley/testing/publishing/factories'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { closeComments } from '../articles/close-comments.ts'
import { createComment, deleteComment } from './write.ts'

const domain = useTestDomain()
const { database } = domain

async function articleWithPeople() {
  const author = await domain.person()
  const { id } = await insertArticle(database.db, { authorId: author.actor.user.id })
  return { author, articleId: id, reader: await domain.person({ role: 'reader' }) }
}

const stored = (articleId: string) =>
  database.db.select().from(comments).where(eq(comments.articleId, articleId))

const countOf = async (articleId: string) =>
  (await database.db.select().from(articles).where(eq(articles.id, articleId)))[0]?.commentCount

/** How often each reason was the outcome. */
async function outcomes(attempts: Promise<unknown>[]): Promise<Record<string, number>> {
  const settled = await Promise.allSettled(attempts)
  const reasons = settled.map((outcome) =>
    outcome.status === 'fulfilled' ? 'ok' : toAppError(outcome.reason).reason,
  )
  return Object.fromEntries(
    [...Map.groupBy(reasons, (reason) => reason)].map(([reason, all]) => [reason, all.length]),
  )
}

test('fifty replies while their comment is deleted: each is there with its thread, or refused', async () => {
  const { articleId, reader } = await articleWithPeople()
  const { id: parentId } = await createComment(reader, { articleId, body: 'Comment' })
  const reply = () => createComment(reader, { articleId, parentId, body: 'Reply' })
  const [removal, replies] = await Promise.all([
    new Promise((resolve) => setImmediate(resolve)).then(() =>
      deleteComment(reader, { id: parentId }),
    ),
    outcomes(Array.from({ length: 50 }, reply)),
  ])
  expect(removal).toEqual({ id: parentId })
  const { ok = 0, 'comment/not-found': refused = 0, ...others } = replies
  expect([ok + refused, others]).toEqual([50, {}])
  const rows = await stored(articleId)
  expect(rows.filter((row) => row.parentId === parentId)).toHaveLength(ok)
  const [thread] = rows.filter((row) => row.id === parentId)
  const kept = thread && [thread.replyCount, thread.authorId, thread.body]
  expect(kept).toEqual(ok === 0 ? undefined : [ok, null, ''])
  expect(await countOf(articleId)).toBe(ok)
})

test('fifty deletions of one comment: one wins', async () => {
  const { articleId, reader } = await articleWithPeople()
  const { id } = await createComment(reader, { articleId, body: 'Comment' })
  const attempts = Array.from({ length: 50 }, () => deleteComment(reader, { id }))
  expect(await outcomes(attempts)).toEqual({ ok: 1, 'comment/not-found': 49 })
  expect(await countOf(articleId)).toBe(0)
})

test('the replies of a deleted comment, all deleted at once: the thread goes with the last', async () => {
  const { articleId, reader } = await articleWithPeople()
  const { id: parentId } = await createComment(reader, { articleId, body: 'Comment' })
  const replies = await Promise.all(
    Array.from({ length: 20 }, () => createComment(reader, { articleId, parentId, body: 'Reply' })),
  )
  await deleteComment(reader, { id: parentId })
  const attempts = replies.map(({ id }) => deleteComment(reader, { id }))
  expect(await outcomes(attempts)).toEqual({ ok: 20 })
  expect([await stored(articleId), await countOf(articleId)]).toEqual([[], 0])
})

test('closed while fifty write: what is written after that is refused', async () => {
  const { articleId, author, reader } = await articleWithPeople()
  const write = () => createComment(reader, { articleId, body: 'Comment' })
  const written = outcomes(Array.from({ length: 50 }, write))
  await closeComments(author, { id: articleId })
  const whenClosed = (await stored(articleId)).length
  const { ok = 0, 'article/comments-closed': refused = 0, ...others } = await written
  expect([ok + refused, others]).toEqual([50, {}])
  expect([ok, (await stored(articleId)).length, await countOf(articleId)]).toEqual([
    whenClosed,
    whenClosed,
    whenClosed,
  ])
})
