import { auditLog, outbox } from '@galley/db/schema'
import { insertArticle, insertComment } from '@galley/testing/publishing/factories'
import { asc, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { createComment, deleteComment } from '../comments/write.ts'
import { deleteArticle } from './delete.ts'
import { publishArticle, unpublishArticle } from './publish.ts'
import { updateArticle } from './update.ts'

const domain = useTestDomain()
const { database } = domain

const audited = (targetId: string) =>
  database.db
    .select()
    .from(auditLog)
    .where(eq(auditLog.targetId, targetId))
    .orderBy(asc(auditLog.id))

const emitted = async (articleId: string) =>
  (
    await database.db
      .select({ event: outbox.event })
      .from(outbox)
      .where(sql`${outbox.payload}->>'articleId' = ${articleId}`)
      .orderBy(asc(outbox.xid), asc(outbox.id))
  ).map(({ event }) => event)

test('LG3 what an editor does to the article of another is written down, with before and after', async () => {
  const editor = await domain.person({ role: 'editor' })
  const authorId = (await domain.person()).actor.user.id
  const { id } = await insertArticle(database.db, { authorId, title: 'Old', status: 'draft' })
  await updateArticle(editor, { id, version: 1, title: 'New' })
  await publishArticle(editor, { id, version: 2 })
  await unpublishArticle(editor, { id, version: 3 })
  await deleteArticle(editor, { id })
  const actorId = editor.actor.user.id
  expect(await audited(id)).toMatchObject([
    {
      action: 'article.updated',
      actorId,
      before: { title: 'Old', version: 1 },
      after: { title: 'New', version: 2 },
    },
    { action: 'article.published', before: { status: 'draft' }, after: { status: 'published' } },
    { action: 'article.unpublished', before: { status: 'published' }, after: { status: 'draft' } },
    { action: 'article.deleted', before: { authorId, title: 'New' }, after: null },
  ])
  expect(await emitted(id)).toEqual([
    'article.saved',
    'article.published',
    'article.unpublished',
    'article.trashed',
  ])
})

test('LG3 authors publish, take back and delete on the record; their own text and comments are theirs', async () => {
  const author = await domain.person()
  const authorId = author.actor.user.id
  const { id } = await insertArticle(database.db, { authorId, status: 'draft' })
  await updateArticle(author, { id, version: 1, title: 'New' })
  await publishArticle(author, { id, version: 2 })
  const comment = await createComment(author, { articleId: id, body: 'Mine.' })
  await deleteComment(author, { id: comment.id })
  await unpublishArticle(author, { id, version: 3 })
  await deleteArticle(author, { id })
  expect(await audited(id)).toMatchObject([
    { action: 'article.published', actorId: authorId, after: { title: 'New', version: 3 } },
    { action: 'article.unpublished', actorId: authorId },
    { action: 'article.deleted', actorId: authorId, before: { title: 'New' } },
  ])
  expect(await audited(comment.id)).toEqual([])
  expect(await emitted(id)).toEqual([
    'article.saved',
    'article.published',
    'comment.created',
    'comment.deleted',
    'article.unpublished',
    'article.trashed',
  ])
})

test('LG3 the deletion of the comment of another is written down', async () => {
  const author = await domain.person()
  const authorId = (await domain.person()).actor.user.id
  const article = await insertArticle(database.db, { authorId: author.actor.user.id })
  const { id } = await insertComment(database.db, { articleId: article.id, authorId, body: 'Spam' })
  await deleteComment(author, { id })
  expect(await audited(id)).toMatchObject([
    {
      action: 'comment.deleted',
      actorId: author.actor.user.id,
      before: { authorId, articleId: article.id, body: 'Spam' },
    },
  ])
})
