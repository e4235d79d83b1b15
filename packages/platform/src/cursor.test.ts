import { expect, test } from 'vitest'
import { z } from 'zod'
import { listPage, Moment } from './cursor.ts'

const id = '01900000-0000-7000-8000-000000000001'
const Place = z.tuple([Moment, z.uuid()])
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A list of `length` numbers, and the statements that it took. */
function numbers(length: number) {
  const asked: unknown[] = []
  const list = {
    cursor: Place,
    async find({
      after,
      offset,
      limit,
    }: {
      after: z.output<typeof Place> | null
      offset: number
      limit: number
    }) {
      asked.push({ after, offset, limit })
      const from = (after?.[0] ?? 0) + offset
      return Array.from({ length }, (_, n) => n + 1).slice(from, from + limit)
    },
    async count() {
      asked.push('count')
      return length
    },
    toCursor: (n: number): z.output<typeof Place> => [n, id],
    toItem: (n: number) => `no. ${n}`,
  }
  return { list, asked }
}

test('a page has a cursor only when there is a row more', async () => {
  const { list } = numbers(3)
  const first = await listPage({ limit: 2 }, list)
  expect(first.items).toEqual(['no. 1', 'no. 2'])
  const cursor = first.page.nextCursor ?? ''
  expect(await listPage({ limit: 2, cursor }, list)).toEqual({
    items: ['no. 3'],
    page: { nextCursor: null },
  })
  expect((await listPage({ limit: 3 }, list)).page).toEqual({ nextCursor: null })
})

test.each([
  [9_999, { total: 9_999 }],
  [10_000, { total: 10_000 }],
  [10_001, { total: 10_000, totalExceeded: true }],
])('of %i rows the page says %j', async (length, expected) => {
  const { page } = await listPage({ limit: 2, total: true }, numbers(length).list)
  expect(page).toEqual({ nextCursor: expect.any(String), ...expected })
})

test('a page begins past offset, and counts all where it is asked to', async () => {
  const { list, asked } = numbers(5)
  expect(await listPage({ limit: 2, offset: 3, total: true }, list)).toEqual({
    items: ['no. 4', 'no. 5'],
    page: { nextCursor: null, total: 5 },
  })
  expect(asked).toEqual([{ after: null, offset: 3, limit: 3 }, 'count'])
  asked.length = 0
  expect((await listPage({ limit: 2, total: false }, list)).page).not.toHaveProperty('total')
  expect(asked).toEqual([{ after: null, offset: 0, limit: 3 }])
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
])('a cursor with %s is refused by name', async (_, cursor) => {
  await expect(listPage({ limit: 1, cursor }, numbers(1).list)).rejects.toThrow(
    expect.objectContaining({
      reason: 'cursor/invalid',
      fields: [{ path: 'cursor', message: expect.any(String) }],
    }),
  )
})
