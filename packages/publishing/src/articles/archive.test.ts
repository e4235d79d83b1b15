import { insertArticle, insertComment } from '@galley/testing/publishing/factories'
import { expect, test } from 'vitest'
import { audited, emitted } from '../../test/steps.ts'
import { useTestDomain } from '../../test/context.ts'
import { listComments } from '../comments/list.ts'
import { createComment } from '../comments/write.ts'
import { createFavourite } from '../favourites/change.ts'
import { searchArticles } from '../search/articles.ts'
import { archiveArticle, unarchiveArticle } from './archive.ts'
import { getArticle } from './get.ts'
import { listArticles } from './list.ts'
import { updateArticle } from './update.ts'

const domain = useTestDomain()
const { database } = domain
const failsWith = (reason: string) => expect.objectContaining({ reason })

test('an archived article is read at its address, and nowhere else; it takes no comments', async () => {
  const author = await domain.person()
  const reader = await domain.person({ role: 'reader' })
  const authorId = author.actor.user.id
  const { id, slug } = await insertArticle(database.db, { authorId, title: 'Prices of 2019' })
  await insertComment(database.db, { articleId: id, authorId })
  const archived = await archiveArticle(author, { id, version: 1 })
  expect(archived).toMatchObject({ status: 'archived', version: 2 })
  expect(archived.can).toMatchObject({ unarchive: true, archive: false, publish: false })

  const read = await getArticle(domain.anonymous(), { slug })
  expect(read).toMatchObject({ status: 'archived', commentCount: 1, can: { comment: false } })
  expect((await listComments(reader, { articleId: id, limit: 5 })).items).toHaveLength(1)
  const found = (ctx = domain.anonymous(), status?: 'archived') =>
    searchArticles(ctx, { q: 'prices', limit: 5, ...(status && { status }) })
  expect((await listArticles(reader, { limit: 20 })).items).toEqual([])
  expect((await found()).items).toEqual([])
  expect((await found(author, 'archived')).items).toMatchObject([{ id, status: 'archived' }])
  expect((await found(reader, 'archived')).items).toEqual([])
  const refused = failsWith('article/not-published')
  await expect(createComment(reader, { articleId: id, body: 'Late.' })).rejects.toThrow(refused)
  await expect(createFavourite(reader, { articleId: id })).rejects.toThrow(refused)

  await expect(archiveArticle(author, { id, version: 2 })).rejects.toThrow(
    failsWith('article/archived'),
  )
  await expect(archiveArticle(reader, { id, version: 2 })).rejects.toThrow(
    failsWith('article/forbidden'),
  )
  expect(await unarchiveArticle(author, { id, version: 2 })).toMatchObject({
    status: 'published',
    publishedAt: read.publishedAt,
  })
  expect((await listArticles(reader, { limit: 20 })).items).toHaveLength(1)
  await expect(unarchiveArticle(author, { id, version: 3 })).rejects.toThrow(
    failsWith('article/not-archived'),
  )
  expect(await audited(database, id)).toEqual(['article.archived', 'article.unarchived'])
  expect(await emitted(database, id)).toEqual(['article.archived', 'article.unarchived'])
})

test('what is archived stays complete, and its readers see a change', async () => {
  const author = await domain.person()
  const { id } = await insertArticle(database.db, {
    authorId: author.actor.user.id,
    status: 'archived',
  })
  await expect(updateArticle(author, { id, version: 1, title: '' })).rejects.toThrow(
    failsWith('article/incomplete'),
  )
  await updateArticle(author, { id, version: 1, title: 'Other' })
  expect(await emitted(database, id)).toEqual(['article.saved', 'article.updated'])
})
