import { expect, test } from 'vitest'
import { toSearch } from './queries.ts'
import { searchParams } from './search-params.ts'

const asked = (query: string) =>
  toSearch(searchParams(Object.fromEntries(new URLSearchParams(query))))

test('an address without words asks for nothing', () => {
  expect(asked('')).toBeUndefined()
  expect(asked('q=+&tag=trees')).toBeUndefined()
})

test('words and filters are asked for as they were written, what is found is counted on the first page', () => {
  expect(asked('q="small tree"&author=a+b&from=x&other=1')).toEqual({
    q: '"small tree"',
    author: 'a b',
    from: 'x',
    limit: 20,
    total: true,
  })
  expect(asked('q=tree&cursor=abc')).toMatchObject({ cursor: 'abc', total: undefined })
})

test('an order or a state that there is none of is the default', () => {
  expect(asked('q=tree&sort=favourites&status=draft')).toMatchObject({
    sort: 'favourites',
    status: 'draft',
  })
  expect(asked('q=tree&sort=colour&status=gone')).toMatchObject({
    sort: undefined,
    status: undefined,
  })
})
