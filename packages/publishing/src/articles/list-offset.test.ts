import { insertUser } from '@galley/testing/factories'
import { expectPages } from '@galley/platform/test/pages'
import { insertArticle } from '@galley/testing/publishing/factories'
import { beforeAll, expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { transact } from '@galley/platform/ctx'
import { listTags, setArticleTags } from '../tags/list.ts'
import { listArticles } from './list.ts'

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
