import type { Page, PageInput } from '@galley/contract/primitives'
import { expect } from 'vitest'

/**
 * Expects of a list of `length` items, of which there are at least two, that it holds the same in the same order page by
 * page and past an offset, and counts what it holds.
 */
export async function expectPages<Item>(
  list: (input: PageInput) => Promise<Page<Item>>,
  length: number,
): Promise<void> {
  const { items, page } = await list({ limit: 100, total: true })
  expect(items).toHaveLength(length)
  expect(length).toBeGreaterThan(1)
  expect(page).toEqual({ nextCursor: null, total: length })
  const paged: Item[] = []
  for (let cursor: string | undefined, pages = 0; pages < length; pages += 1) {
    const one = await list({ limit: 1, cursor })
    expect(one.page).not.toHaveProperty('total')
    paged.push(...one.items)
    cursor = one.page.nextCursor ?? undefined
    if (cursor === undefined) break
  }
  expect(paged).toEqual(items)
  const second = await list({ limit: 1, offset: 1, total: true })
  expect(second.items).toEqual(items.slice(1, 2))
  expect(second.page.total).toBe(length)
  expect((await list({ limit: 100, offset: length })).items).toEqual([])
}

/** Expects it of every order that the list has; a cursor of one is refused in the others. */
export async function expectOrders<Sort extends string, Item>(
  list: (input: PageInput & { sort: Sort }) => Promise<Page<Item>>,
  sorts: readonly Sort[],
  length: number,
): Promise<void> {
  for (const sort of sorts) {
    await expectPages((input) => list({ ...input, sort }), length)
    const { page } = await list({ limit: 1, sort })
    const cursor = page.nextCursor ?? ''
    for (const other of sorts.filter((name) => name !== sort)) {
      await expect(list({ limit: 1, sort: other, cursor })).rejects.toMatchObject({
        reason: 'cursor/invalid',
        fields: [{ path: 'cursor', message: 'Not a cursor of this list in this order.' }],
      })
    }
  }
}
