import { expect, test } from 'vitest'
import { decodeCursor, pageOf, TimeCursor } from './cursor.ts'

const id = '01900000-0000-7000-8000-000000000001'
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

test('a page has a cursor only when there is a row more', () => {
  const toCursor = (row: number) => [row, id]
  const same = (row: number) => row
  expect(pageOf([1, 2], 2, toCursor, same)).toEqual({ items: [1, 2], page: { nextCursor: null } })
  const { items, page } = pageOf([1, 2, 3], 2, toCursor, same)
  expect(items).toEqual([1, 2])
  expect(decodeCursor(TimeCursor, page.nextCursor ?? '')).toEqual([2, id])
})

test.each([
  ['no base64', '%%%'],
  ['no JSON', Buffer.from('{').toString('base64url')],
  ['another shape', encode({})],
  ['a time before 1970', encode([-1, id])],
  ['a time after 9999', encode([1e15, id])],
  ['a fraction', encode([1.5, id])],
  ['no uuid', encode([1, "' or 1=1"])],
  ['too many parts', encode([1, id, 2])],
])('a cursor with %s is refused by name', (_, cursor) => {
  expect(() => decodeCursor(TimeCursor, cursor)).toThrow(
    expect.objectContaining({
      reason: 'cursor/invalid',
      fields: [{ path: 'cursor', message: expect.any(String) }],
    }),
  )
})
