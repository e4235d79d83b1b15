import { insertUser } from '@galley/testing/factories'
import { TagOrder } from '@galley/contract/publishing/tags'
import { expectOrders } from '@galley/platform/test/pages'
import { insertArticle } from '@galley/testing/publishing/factories'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { transact } from '@galley/platform/ctx'
import { listTags, setArticleTags } from './list.ts'

const domain = useTestDomain()
const { database } = domain

test('tags are listed by use, then by name, page by page; drafts do not count', async () => {
  const author = await insertUser(database.db)
  const ctx = domain.anonymous()
  const tag = async (slugs: string[], status: 'draft' | 'published' = 'published') => {
    const article = await insertArticle(database.db, { authorId: author.id, status })
    await transact(ctx, (tx) => setArticleTags(tx, article.id, slugs))
  }
  await tag(['b', 'a', 'c'])
  await tag(['c', 'd'])
  await tag(['e', 'a'], 'draft')
  const first = await listTags(ctx, { limit: 2 })
  expect(first.items).toEqual([
    { slug: 'c', articleCount: 2 },
    { slug: 'a', articleCount: 1 },
  ])
  await expectOrders((input) => listTags(ctx, input), TagOrder.options, 4)
  const slugs = async (input: Partial<Parameters<typeof listTags>[1]>) =>
    (await listTags(ctx, { limit: 9, ...input })).items.map(({ slug }) => slug)
  expect(await slugs({ sort: 'name' })).toEqual(['a', 'b', 'c', 'd'])
  expect(await slugs({ query: 'b' })).toEqual(['b'])
  expect(await slugs({ query: 'e' })).toEqual([])
  const second = await listTags(ctx, { limit: 2, cursor: first.page.nextCursor ?? '' })
  expect(second).toEqual({
    items: [
      { slug: 'b', articleCount: 1 },
      { slug: 'd', articleCount: 1 },
    ],
    page: { nextCursor: null },
  })
})

test('a cursor with text that cannot be stored is refused by name (IN1)', async () => {
  const cursor = Buffer.from(JSON.stringify([1, 'a\0b'])).toString('base64url')
  await expect(listTags(domain.anonymous(), { limit: 2, cursor })).rejects.toThrow(
    expect.objectContaining({ reason: 'cursor/invalid' }),
  )
})
