import { comments, favourites } from '@galley/db/schema'
import { insertArticle, insertComment } from '@galley/testing/publishing/factories'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { deleteArticle } from './delete.ts'
import { purgeArticle } from './trash.ts'

const domain = useTestDomain()
const { database } = domain
const failsWith = (reason: string) => expect.objectContaining({ reason })

test('deleting cannot be repeated; deleting for good ends the comments and favourites too', async () => {
  const author = await domain.person()
  const article = await insertArticle(database.db, { authorId: author.actor.user.id })
  await insertComment(database.db, { articleId: article.id, authorId: author.actor.user.id })
  await database.db
    .insert(favourites)
    .values({ articleId: article.id, userId: author.actor.user.id })
  expect(await deleteArticle(author, { id: article.id })).toEqual({ id: article.id })
  await expect(deleteArticle(author, { id: article.id })).rejects.toThrow(
    failsWith('article/not-found'),
  )
  expect(await database.db.$count(comments)).toBe(1)
  expect(await purgeArticle(author, { id: article.id })).toEqual({ id: article.id })
  expect(await database.db.$count(comments)).toBe(0)
  await expect(purgeArticle(author, { id: article.id })).rejects.toThrow(
    failsWith('article/not-found'),
  )
})
