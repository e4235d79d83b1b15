import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import type { Queryable } from './client.ts'
import { gathered } from './gathered.ts'

const db = {} as Queryable

/** A look-up whose statements end when they are told to. */
function setUp() {
  const sent: { keys: number[]; end: (found?: (string | null)[]) => void; fail: () => void }[] = []
  const find = gathered(
    (_db, keys: number[]) =>
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
    expect(keys()).toEqual([[1]])
    const others = [find(2), find(3), find(2)]
    expect(keys()).toEqual([[1]])
    sent[0]?.end()
    expect(await first).toBe('found 1')
    await vi.waitFor(() => expect(keys()).toEqual([[1], [2, 3, 2]]))
    sent[1]?.end(['two', null, 'two'])
    expect(await Promise.all(others)).toEqual(['two', null, 'two'])
  })

  test('do not wait for a statement that takes long', async () => {
    const { keys, find } = setUp()
    void find(1)
    void find(2)
    await sleep(60)
    expect(keys()).toEqual([[1], [2]])
  })

  test('are a hundred in a statement at most', () => {
    const { keys, find } = setUp()
    for (let key = 0; key < 250; key++) void find(key)
    expect(keys().map(({ length }) => length)).toEqual([1, 100, 100])
  })

  test('fail with their own statement, and with no other', async () => {
    const { sent, find } = setUp()
    const first = find(1)
    const second = find(2)
    sent[0]?.fail()
    await expect(first).rejects.toThrow('broken')
    await vi.waitFor(() => expect(sent).toHaveLength(2))
    sent[1]?.end()
    expect(await second).toBe('found 2')
  })

  test('of two databases have nothing to do with each other', async () => {
    const seen: [string, string[]][] = []
    const find = gathered(async (of: Queryable, keys: string[]) => {
      seen.push([Reflect.get(of, 'name'), keys])
      return keys
    })
    const [one, two] = [{ name: 'one' }, { name: 'two' }] as unknown as [Queryable, Queryable]
    await Promise.all([find(one, 'a'), find(two, 'b')])
    expect(seen).toEqual([
      ['one', ['a']],
      ['two', ['b']],
    ])
  })
})
