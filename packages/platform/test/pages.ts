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
