import { articles, comments, follows } from '@galley/db/schema'
import { toAppError } from '@galley/platform/errors'
import { insertUser } from '@galley/testing/factories'
import { insertArticle } from '@galley/testing/publishing/factories'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../test/context.ts'

const domain = useTestDomain()
const { database } = domain

test('a comment on an article that was deleted meanwhile: not found', async () => {
  const reader = await domain.person()
  const author = await insertUser(domain.database.db)
  const article = await insertArticle(domain.database.db, { authorId: author.id })
  await domain.database.db.delete(articles).where(eq(articles.id, article.id))
  const comment = {
    id: '019a0000-0000-7000-8000-000000000001',
    articleId: article.id,
    authorId: reader.actor.user.id,
    body: 'Late',
    bodyHtml: '<p>Late</p>',
    renderVersion: 1,
    createdAt: new Date(),
  }
  const error = await domain.database.db.insert(comments).values(comment).catch(toAppError)
  expect(error).toMatchObject({ reason: 'article/not-found', code: 'NOT_FOUND' })
})

test('somebody who follows themselves behind the back of the service', async () => {
  const { id } = await insertUser(database.db)
  const error = await database.db
    .insert(follows)
    .values({ followerId: id, followedId: id })
    .catch(toAppError)
  expect(error).toMatchObject({ reason: 'follow/self' })
})
