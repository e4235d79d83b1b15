import { ArticlePage } from '@galley/contract/publishing/articles'
import { insertUser } from '@galley/testing/factories'
import { insertArticle } from '@galley/testing/publishing/factories'
import { beforeAll, expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { rest } from '../../rest.ts'

const on = useApp()
const LENGTH = 7

beforeAll(async () => {
  const [one, two] = [
    await insertUser(on.database.db, { username: 'author-one' }),
    await insertUser(on.database.db, { username: 'author-two' }),
  ]
  for (let n = 1; n <= LENGTH; n++) {
    await insertArticle(on.database.db, {
      authorId: n % 2 ? one.id : two.id,
      title: String(n),
      publishedAt: new Date(Date.UTC(2026, 0, n)),
    })
  }
})

async function list(query: string) {
  const response = await rest(on, `GET /articles${query}`)
  const { items, page } = ArticlePage.parse(response.json())
  return { titles: items.map(({ title }) => Number(title)), page, links: linksOf(response.headers) }
}

const linksOf = ({ link }: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    [...String(link).matchAll(/<([^>]+)>; rel="(\w+)"/g)].map(([, url = '', rel = '']) => [
      rel,
      url,
    ]),
  )

const queryOf = (url = '') => {
  expect(url).toMatch(/^https:\/\/galley\.test\/api\/v1\/articles(\?|$)/)
  return new URL(url).search
}

test('a list is walked by its next links, and they end', async () => {
  const seen: number[] = []
  let query = '?limit=3&author=author-one'
  for (let pages = 0; query !== ''; pages++) {
    expect(pages).toBeLessThan(3)
    const { titles, page, links } = await list(query)
    seen.push(...titles)
    expect(links.next === undefined).toBe(page.nextCursor === null)
    expect(queryOf(links.first)).toBe('?limit=3&author=author-one')
    expect(links).not.toHaveProperty('prev')
    query = links.next === undefined ? '' : queryOf(links.next)
  }
  expect(seen).toEqual([7, 5, 3, 1])
})

test('offset jumps, forward and back, and keeps the filters', async () => {
  const { titles, page, links } = await list('?offset=3&limit=2&sort=oldest&total=true')
  expect(titles).toEqual([4, 5])
  expect(page.total).toBe(LENGTH)
  expect(queryOf(links.next)).toBe('?limit=2&sort=oldest&total=true&offset=5')
  expect(queryOf(links.prev)).toBe('?limit=2&sort=oldest&total=true&offset=1')
  expect((await list(queryOf(links.next))).titles).toEqual([6, 7])
  expect((await list(queryOf(links.prev))).titles).toEqual([2, 3])
  const first = await list(queryOf(links.first))
  expect(first.titles).toEqual([1, 2])
  expect(first.links).not.toHaveProperty('prev')
  expect((await list('?offset=6')).links).not.toHaveProperty('next')
})

test('a total is there where it is asked for', async () => {
  expect((await list('')).page).toEqual({ nextCursor: null })
  expect((await list('?total=false')).page).toEqual({ nextCursor: null })
  expect((await list('?total=true&author=author-two')).page.total).toBe(3)
  const tags = await rest(on, 'GET /tags?total=true')
  expect(tags.json()).toEqual({ items: [], page: { nextCursor: null, total: 0 } })
  expect(tags.headers.link).toBe('<https://galley.test/api/v1/tags?total=true>; rel="first"')
})

const wrong: [query: string, path: string][] = [
  ['?limit=0', 'limit'],
  ['?limit=101', 'limit'],
  ['?limit=1e1', 'limit'],
  ['?limit=0x10', 'limit'],
  ['?limit=', 'limit'],
  ['?limit=1.5', 'limit'],
  [`?limit=${'9'.repeat(400)}`, 'limit'],
  ['?limit=1&limit=2', 'limit'],
  ['?tag=a&tag=b', 'tag'],
  ['?total=yes', 'total'],
  ['?total=1', 'total'],
  ['?offset=10001', 'offset'],
  ['?offset=-1', 'offset'],
  ['?offset=1&cursor=eA', 'offset'],
  ['?sort=title', 'sort'],
  ['?sort[]=newest', 'sort[]'],
  ['?colour=red', 'colour'],
  ['?__proto__=1', '__proto__'],
  ['?constructor=1', 'constructor'],
  ['?author=%00', 'author'],
  ['?cursor=', 'cursor'],
  ['?cursor=nonsense', 'cursor'],
  [`?cursor=${'x'.repeat(600)}`, 'cursor'],
]

test.each(wrong)('%s is refused by name', async (query, path) => {
  const response = await rest(on, `GET /articles${query}`)
  expect(response.statusCode).toBe(400)
  expect(response.json().fields).toContainEqual({ path, message: expect.any(String) })
})
