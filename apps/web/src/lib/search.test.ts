import { describe, expect, test } from 'vitest'
import { cursorSearch, parseSearch, stringifySearch } from './search.ts'

describe('search parameters', () => {
  test.each(['123', 'true', 'null', '{"a":1}', '"x"', 'MTIz_-=', 'a b&c=d'])(
    'stay the text that they are: %s',
    (value) => {
      const address = stringifySearch({ cursor: value })
      expect(parseSearch(address)).toEqual({ cursor: value })
    },
  )

  test('that are empty or absent leave no trace in the address', () => {
    expect(stringifySearch({ cursor: undefined, show: '' })).toBe('')
    expect(stringifySearch({ cursor: 'x', show: undefined })).toBe('?cursor=x')
  })

  test('of a paged list are its cursor alone', () => {
    expect(cursorSearch({ cursor: 'x', utm_source: 'y' })).toEqual({ cursor: 'x' })
    expect(cursorSearch({ cursor: '' })).toEqual({ cursor: undefined })
    expect(cursorSearch({ cursor: ['x'] })).toEqual({ cursor: undefined })
  })

  test('named like a prototype do not reach it', () => {
    expect(cursorSearch(parseSearch('?__proto__=x&constructor=y'))).toEqual({ cursor: undefined })
  })
})
