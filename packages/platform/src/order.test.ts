import { PgDialect } from 'drizzle-orm/pg-core'
import { type SQL, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import {
  byId,
  byName,
  byNumber,
  byTime,
  comesAfter,
  listSorted,
  type Order,
  reversed,
} from './order.ts'

type Row = { id: string; at: Date; count: number; name: string }

const id = (n: number) => `01900000-0000-7000-8000-00000000000${n}`
const textOf = (condition: SQL | undefined) => condition && new PgDialect().sqlToQuery(condition)
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

const ids = byId(sql`id`, (row: Row) => row.id)
const oldest: Order<Row> = [byTime(sql`at`, (row) => row.at), ids]
const named: Order<Row> = [byName(sql`name`, (row) => row.name), ids]

describe('comesAfter', () => {
  test('one way, it is one row, which an index is entered by', () => {
    const after = ['2026-01-01T00:00:00.000Z', id(1)]
    expect(textOf(comesAfter(oldest, after))).toMatchObject({
      sql: '(at, id) > ($1::timestamptz, $2::uuid)',
      params: after,
    })
    expect(textOf(comesAfter(reversed(oldest), after))?.sql).toContain('(at, id) < (')
    expect(textOf(comesAfter(named, ['Ada', id(1)]))?.sql).toBe(
      '(lower(name), id) > (lower($1::text), $2::uuid)',
    )
  })

  test('where keys go different ways, each counts among those equal before it', () => {
    const most: Order<Row> = [...reversed([byNumber(sql`count`, (row: Row) => row.count)]), ids]
    expect(textOf(comesAfter(most, [3, id(1)]))?.sql).toBe(
      '(count < $1::integer or (count = $2::integer and id > $3::uuid))',
    )
  })

  test('a list that begins has no condition', () => {
    expect(comesAfter(oldest, null)).toBeUndefined()
  })
})

describe('a cursor', () => {
  const list = (input: { sort?: 'newest' | 'named'; cursor?: string }) =>
    listSorted(
      { limit: 1, ...input },
      {
        orders: { newest: reversed(oldest), named },
        byDefault: 'newest',
        find: async ({ sort, after }): Promise<Row[]> =>
          [1, 2].map((n) => ({
            id: id(n),
            at: new Date(n),
            count: 0,
            name: `${sort} ${String(after)}`,
          })),
        count: async () => 2,
        toItem: ({ name }) => name,
      },
    )
  const held = (cursor: string | null): unknown =>
    JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString())

  test('holds the values of the keys, and the order unless it is the default', async () => {
    expect(held((await list({})).page.nextCursor)).toEqual([1, id(1)])
    expect(held((await list({ sort: 'newest' })).page.nextCursor)).toEqual([1, id(1)])
    expect(held((await list({ sort: 'named' })).page.nextCursor)).toEqual([
      'named null',
      id(1),
      'named',
    ])
  })

  test('becomes the parameters of the statement', async () => {
    const { items } = await list({ cursor: encode([1, id(1)]) })
    expect(items).toEqual([`newest 1970-01-01T00:00:00.001Z,${id(1)}`])
  })

  test.each([
    ['of another order', 'newest', ['x', id(1), 'named']],
    ['of the default order', 'named', [1, id(1)]],
    ['of an order that does not exist', 'named', ['x', id(1), 'colour']],
    ['without its id', 'newest', [1]],
    ['with a value of another kind', 'newest', ['x', id(1)]],
    ['with a time before 1970', 'newest', [-1, id(1)]],
    ['with text that cannot be stored', 'named', ['a\0b', id(1), 'named']],
    ['with text that is too long', 'named', ['x'.repeat(101), id(1), 'named']],
  ] as const)('%s is refused by name', async (_, sort, value) => {
    await expect(list({ sort, cursor: encode(value) })).rejects.toMatchObject({
      reason: 'cursor/invalid',
      fields: [{ path: 'cursor', message: expect.any(String) }],
    })
  })
})
