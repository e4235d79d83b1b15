import { beforeAll, expect, test } from 'vitest'
import { useNotesApp } from '../../notes.ts'
import { NotePage } from '../../notes/router.ts'
import { insertNote } from '../../notes/table.ts'
import { signUp } from '../../people.ts'
import { rest } from '../../rest.ts'

const on = useNotesApp()
const LENGTH = 7

beforeAll(async () => {
  const { id: authorId } = await signUp(on)
  for (let n = 1; n <= LENGTH; n++) {
    await insertNote(on.database.db, authorId, {
      id: `01900000-0000-7000-8000-00000000000${n}`,
      title: String(n),
      labels: [n % 2 ? 'odd' : 'even'],
    })
  }
})

async function list(query: string) {
  const response = await rest(on, `GET /notes${query}`)
  const { items, page } = NotePage.parse(response.json())
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
  expect(url).toMatch(/^https:\/\/galley\.test\/api\/v1\/notes(\?|$)/)
  return new URL(url).search
}

test('a list is read to its end by its next links', async () => {
  const seen: number[] = []
  let query = '?limit=3&label=odd'
  for (let pages = 0; query !== ''; pages++) {
    expect(pages).toBeLessThan(3)
    const { titles, page, links } = await list(query)
    seen.push(...titles)
    expect(links.next === undefined).toBe(page.nextCursor === null)
    expect(queryOf(links.first)).toBe('?limit=3&label=odd')
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

test('the total is there only where it is requested', async () => {
  expect((await list('')).page).toEqual({ nextCursor: null })
  expect((await list('?total=false')).page).toEqual({ nextCursor: null })
  expect((await list('?total=true&label=even')).page.total).toBe(3)
  const none = await rest(on, 'GET /notes?label=none&total=true')
  expect(none.json()).toEqual({ items: [], page: { nextCursor: null, total: 0 } })
  expect(none.headers.link).toBe(
    '<https://galley.test/api/v1/notes?label=none&total=true>; rel="first"',
  )
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
  ['?label=a&label=b', 'label'],
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
  ['?label=%00', 'label'],
  ['?cursor=', 'cursor'],
  ['?cursor=nonsense', 'cursor'],
  [`?cursor=${'x'.repeat(600)}`, 'cursor'],
]

test.each(wrong)('%s is refused, with the name of the parameter', async (query, path) => {
  const response = await rest(on, `GET /notes${query}`)
  expect(response.statusCode).toBe(400)
  expect(response.json().fields).toContainEqual({ path, message: expect.any(String) })
})
