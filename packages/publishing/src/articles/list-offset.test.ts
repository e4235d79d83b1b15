import { insertUser } from '@galley/testing/factories'
import { TimeOrder } from '@galley/contract/primitives'
import { ArticleOrder, ChangeOrder } from '@galley/contract/publishing/articles'
import { expectOrders, expectPages } from '@galley/platform/test/pages'
import { insertArticle } from '@galley/testing/publishing/factories'
import { beforeAll, expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { transact } from '@galley/platform/ctx'
import { listTags, setArticleTags } from '../tags/list.ts'
import { createFavourite } from '../favourites/change.ts'
import { listFeed } from '../feed/list.ts'
import { createFollow } from '../follows/change.ts'
import { listArticles, listMyArticles } from './list.ts'

const domain = useTestDomain()
const { database } = domain
const LENGTH = 12

beforeAll(async () => {
  const [author, other] = [await insertUser(database.db), await insertUser(database.db)]
  for (let n = 1; n <= LENGTH; n++) {
    const article = await insertArticle(database.db, {
      authorId: n % 3 === 0 ? other.id : author.id,
      title: String(n),
      publishedAt: new Date(Date.UTC(2026, 0, n)),
    })
    const slugs = n % 2 === 0 ? ['all', 'even'] : ['all']
    await transact(domain.anonymous(), (tx) => setArticleTags(tx, article.id, slugs))
  }
  await insertArticle(database.db, { authorId: author.id, status: 'draft' })
})

type Input = Partial<Parameters<typeof listArticles>[1]>

const list = (input: Input) => listArticles(domain.anonymous(), { limit: 5, ...input })
const titles = async (input: Input) => (await list(input)).items.map(({ title }) => Number(title))

test('the list can be turned round and jumped into', async () => {
  expect(await titles({})).toEqual([12, 11, 10, 9, 8])
  expect(await titles({ sort: 'oldest' })).toEqual([1, 2, 3, 4, 5])
  expect(await titles({ offset: 10 })).toEqual([2, 1])
  expect(await titles({ offset: 10, sort: 'oldest' })).toEqual([11, 12])
  expect(await titles({ offset: 1, limit: 2, tag: 'even' })).toEqual([10, 8])
  expect(await titles({ offset: 10_000 })).toEqual([])
})

test('the list holds the same however it is read, also that of one tag', async () => {
  await expectPages((input) => listArticles(domain.anonymous(), input), LENGTH)
  const evens = (input: Input) => list({ ...input, tag: 'even', sort: 'oldest' })
  await expectPages(evens, LENGTH / 2)
})

test.each(['newest', 'oldest'] as const)(
  '%s first, page by page, nothing is lost',
  async (sort) => {
    const seen: number[] = []
    for (let cursor: string | undefined, pages = 0; pages < 4; pages++) {
      const { items, page } = await list({ sort, cursor })
      seen.push(...items.map(({ title }) => Number(title)))
      cursor = page.nextCursor ?? undefined
      if (cursor === undefined) break
    }
    const rising = Array.from({ length: LENGTH }, (_, n) => n + 1)
    expect(seen).toEqual(sort === 'oldest' ? rising : rising.toReversed())
  },
)

test('the total is of the same list, and only where it is asked for', async () => {
  expect((await list({})).page).not.toHaveProperty('total')
  expect((await list({ total: true })).page.total).toBe(LENGTH)
  expect((await list({ total: true, tag: 'even', offset: 100 })).page.total).toBe(LENGTH / 2)
  expect((await list({ total: true, tag: 'none' })).page.total).toBe(0)
  const [first] = (await list({ sort: 'oldest' })).items
  const byAuthor = { author: first?.author.username, total: true }
  expect((await list(byAuthor)).page.total).toBe(8)
  expect((await list({ ...byAuthor, tag: 'even' })).page.total).toBe(4)
})

test('tags have both too', async () => {
  const input = { limit: 1, offset: 1, total: true }
  expect(await listTags(domain.anonymous(), input)).toEqual({
    items: [{ slug: 'even', articleCount: LENGTH / 2 }],
    page: { nextCursor: null, total: 2 },
  })
})

test.each([
  [{ offset: 3 }, 1],
  [{ sort: 'oldest' as const, tag: 'even' }, 1],
  [{ offset: 3, total: true, tag: 'all' }, 2],
])('%j takes %i statements, whatever its length', async (input, count) => {
  for (const limit of [1, 5, 12]) {
    database.statements.length = 0
    await list({ ...input, limit })
    expect(database.statements).toHaveLength(count)
  }
})

test('the most favoured first, of equal ones the newest made, also of one tag or author', async () => {
  const readers = [await domain.person(), await domain.person()]
  const favoured = [
    [4, 2],
    [9, 1],
    [2, 1],
  ] as const
  const { items } = await list({ limit: LENGTH })
  for (const [title, times] of favoured) {
    const { id = '' } = items.find((item) => item.title === String(title)) ?? {}
    for (const reader of readers.slice(0, times)) await createFavourite(reader, { articleId: id })
  }
  const sort = 'favourites'
  const [most, ...others] = await titles({ sort, limit: 3 })
  expect(most).toBe(4)
  expect(new Set(others)).toEqual(new Set([2, 9]))
  expect(await titles({ sort, tag: 'even', limit: 2 })).toEqual([4, 2])
  expect(await titles({ sort, tag: 'even', offset: 1, limit: 1 })).toEqual([2])
  const author = items.find((item) => item.title === '9')?.author.username
  expect(await titles({ sort, author, limit: 1 })).toEqual([9])
  expect(await titles({ sort, author, tag: 'even', limit: 9 })).toHaveLength(2)
  const orders = ArticleOrder.options
  await expectOrders((input) => listArticles(readers[0] ?? domain.anonymous(), input), orders, 12)
  await expectOrders((input) => list({ ...input, tag: 'even' }), orders, LENGTH / 2)
  await expectOrders((input) => list({ ...input, author }), orders, LENGTH / 3)
})

test('the feed can be turned round', async () => {
  const reader = await domain.person()
  const { items } = await list({ limit: LENGTH })
  for (const username of new Set(items.map(({ author }) => author.username))) {
    await createFollow(reader, { username })
  }
  await expectOrders((input) => listFeed(reader, input), TimeOrder.options, LENGTH)
  const feed = await listFeed(reader, { limit: 3, sort: 'oldest' })
  expect(feed.items.map(({ title }) => title)).toEqual(['1', '2', '3'])
})

test("the caller's own articles can be turned round", async () => {
  const author = await domain.person()
  for (const n of [2, 1, 3]) {
    const updatedAt = new Date(Date.UTC(2026, 0, n))
    await insertArticle(database.db, {
      authorId: author.actor.user.id,
      title: String(n),
      status: 'draft',
      updatedAt,
    })
  }
  const own = await listMyArticles(author, { limit: 3, sort: '-updated' })
  expect(own.items.map(({ title }) => title)).toEqual(['1', '2', '3'])
  await expectOrders((input) => listMyArticles(author, input), ChangeOrder.options, 3)
})
