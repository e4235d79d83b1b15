import { insertArticle } from '@galley/testing/publishing/factories'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { getArticle } from '../articles/get.ts'
import { createFavourite, deleteFavourite } from './change.ts'

const domain = useTestDomain()
const { database } = domain

test('a favourite counts once, shows as favourited, and goes again', async () => {
  const author = await domain.person()
  const reader = await domain.person({ role: 'reader' })
  const article = await insertArticle(database.db, { authorId: author.actor.user.id })
  const input = { articleId: article.id }
  const added = { articleId: article.id, favourited: true, favouriteCount: 1 }
  expect(await createFavourite(reader, input)).toEqual(added)
  expect(await createFavourite(reader, input)).toEqual(added)
  expect(await getArticle(reader, { slug: article.slug })).toMatchObject({
    favourited: true,
    favouriteCount: 1,
  })
  expect(await getArticle(author, { slug: article.slug })).toMatchObject({
    favourited: false,
    favouriteCount: 1,
  })
  const removed = { articleId: article.id, favourited: false, favouriteCount: 0 }
  expect(await deleteFavourite(reader, input)).toEqual(removed)
  expect(await deleteFavourite(reader, input)).toEqual(removed)
})

test('drafts and articles that are not there cannot be favoured', async () => {
  const author = await domain.person()
  const draft = await insertArticle(database.db, {
    authorId: author.actor.user.id,
    status: 'draft',
  })
  const reader = await domain.person()
  const notFound = expect.objectContaining({ reason: 'article/not-found' })
  await expect(createFavourite(reader, { articleId: draft.id })).rejects.toThrow(notFound)
  await expect(createFavourite(reader, { articleId: author.actor.user.id })).rejects.toThrow(
    notFound,
  )
  const suspended = await domain.person({ status: 'suspended' })
  const article = await insertArticle(database.db, { authorId: author.actor.user.id })
  await expect(createFavourite(suspended, { articleId: article.id })).rejects.toThrow(
    expect.objectContaining({ reason: 'user/suspended' }),
  )
})
