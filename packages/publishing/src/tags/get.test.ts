import { articles } from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
import { insertArticle } from '@galley/testing/publishing/factories'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { transact } from '@galley/platform/ctx'
import { getTag, setArticleTags } from './list.ts'

const domain = useTestDomain()
const { database } = domain

test('one tag is there while a published article carries it', async () => {
  const author = await insertUser(database.db)
  const ctx = domain.anonymous()
  const article = await insertArticle(database.db, { authorId: author.id })
  await transact(ctx, (tx) => setArticleTags(tx, article.id, ['only-one']))
  expect(await getTag(ctx, { slug: 'only-one' })).toEqual({ slug: 'only-one', articleCount: 1 })
  await database.db.update(articles).set({ status: 'draft' }).where(eq(articles.id, article.id))
  const notFound = expect.objectContaining({ reason: 'tag/not-found' })
  await expect(getTag(ctx, { slug: 'only-one' })).rejects.toThrow(notFound)
  await expect(getTag(ctx, { slug: 'never-used' })).rejects.toThrow(notFound)
})
