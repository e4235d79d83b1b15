import { describe, expect, test } from 'vitest'
import { alignByKey, batched } from './batched.ts'
import type { Queryable } from './client.ts'

const db = {} as Queryable

/** A look-up whose statements end when the test says so. */
function setUp() {
  const sent: {
    keys: readonly number[]
    end: (found?: (string | null)[]) => void
    fail: () => void
  }[] = []
  const find = batched(
    (_db, keys: readonly number[]) =>
      new Promise<(string | null)[]>((resolve, reject) => {
        sent.push({
          keys,
          end: (found = keys.map((key) => `found ${key}`)) => resolve(found),
          fail: () => reject(new Error('broken')),
        })
      }),
  )
  return { sent, keys: () => sent.map(({ keys }) => keys), find: (key: number) => find(db, key) }
}

describe('look-ups', () => {
  test('go at once when nothing is under way, together when something is', async () => {
    const { sent, keys, find } = setUp()
    const first = find(1)
    await Promise.resolve()
    expect(keys()).toEqual([[1]])
    const others = [find(2), find(3), find(2)]
    await Promise.resolve()
    expect(keys()).toEqual([[1]])
    sent[0]?.end()
    expect(await first).toBe('found 1')
    await expect.poll(keys).toEqual([[1], [2, 3, 2]])
    sent[1]?.end(['two', null, 'two'])
    expect(await Promise.all(others)).toEqual(['two', null, 'two'])
  })

  test('of the same moment share a statement', async () => {
    const { keys, find } = setUp()
    void find(1)
    void find(2)
    await Promise.resolve()
    expect(keys()).toEqual([[1, 2]])
  })

  test('do not wait for a statement that takes long', async () => {
    const { keys, find } = setUp()
    void find(1)
    await Promise.resolve()
    void find(2)
    await expect.poll(keys).toEqual([[1], [2]])
  })

  test('are a hundred in a statement at most', async () => {
    const { keys, find } = setUp()
    const sizes = () => keys().map(({ length }) => length)
    void find(0)
    await Promise.resolve()
    for (let key = 1; key < 250; key++) void find(key)
    expect(sizes()).toEqual([1, 100, 100])
    await expect.poll(sizes).toEqual([1, 100, 100, 49])
  })

  test('fail with their own statement, and with no other', async () => {
    const { sent, find } = setUp()
    const first = find(1)
    await Promise.resolve()
    const second = find(2)
    sent[0]?.fail()
    await expect(first).rejects.toThrow('broken')
    await expect.poll(() => sent).toHaveLength(2)
    sent[1]?.end()
    expect(await second).toBe('found 2')
  })

  test('of two databases have nothing to do with each other', async () => {
    const seen: [string, readonly string[]][] = []
    const find = batched(async (of: Queryable, keys: readonly string[]) => {
      seen.push([Reflect.get(of, 'name'), keys])
      return [...keys]
    })
    const [one, two] = [{ name: 'one' }, { name: 'two' }] as unknown as [Queryable, Queryable]
    await Promise.all([find(one, 'a'), find(two, 'b')])
    expect(seen).toEqual([
      ['one', ['a']],
      ['two', ['b']],
    ])
  })
})

test('rows are put into the order of their keys, also where a key comes twice or has no row', () => {
  const rows = [{ id: 2 }, { id: 1 }]
  expect(alignByKey([1, 3, 2, 1], rows, ({ id }) => id)).toEqual([
    { id: 1 },
    null,
    { id: 2 },
    { id: 1 },
  ])
})
