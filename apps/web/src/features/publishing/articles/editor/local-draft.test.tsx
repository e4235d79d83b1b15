import { beforeEach, expect, test, vi } from 'vitest'
import { draft } from '../../../../../test/publishing/examples.ts'
import { contentOf } from './content.ts'
import { type KeptDraft, LocalDraft } from './local-draft.ts'

/** Locks by name, as a browser keeps them for all its pages. */
function createLocks(): LockManager {
  const held = new Set<string>()
  const request = async (
    name: string,
    options: LockOptions | LockGrantedCallback<unknown>,
    granted?: LockGrantedCallback<unknown>,
  ) => {
    const callback = granted ?? options
    if (typeof callback !== 'function') throw new TypeError('No callback')
    if (held.has(name)) return callback(null)
    held.add(name)
    try {
      return await callback({ name, mode: 'exclusive' })
    } finally {
      held.delete(name)
    }
  }
  return { request, query: async () => ({}) }
}

const locks = createLocks()
const page = (userId = 'mira') => new LocalDraft(userId, { storage: localStorage, locks })

const kept = (body: string, at = '2026-03-14T08:30:00.000Z'): KeptDraft => ({
  content: { ...contentOf(draft), body },
  base: draft,
  at,
})

const bodies = async (from: LocalDraft, id: string | null = draft.id) =>
  (await from.findLeft(id)).map((left) => left.draft.content.body)

beforeEach(() => localStorage.clear())

test('what a page that is gone has left is found by the next, until it is dropped', async () => {
  const first = page()
  expect(first.keep(draft.id, kept('Mine'))).toBe(true)
  first.close()
  await expect.poll(() => bodies(page())).toEqual(['Mine'])
  for (const left of await page().findLeft(draft.id)) left.drop()
  expect(await bodies(page())).toEqual([])
})

test('two pages at the same time keep one each, and take nothing from each other', async () => {
  const [first, second] = [page(), page()]
  first.keep(draft.id, kept('First', '2026-03-14T08:31:00.000Z'))
  second.keep(draft.id, kept('Second', '2026-03-14T08:30:00.000Z'))
  expect(await bodies(page())).toEqual([])
  first.close()
  second.close()
  await expect.poll(() => bodies(page())).toEqual(['Second', 'First'])
})

test('what is saved is forgotten', async () => {
  const first = page()
  first.keep(draft.id, kept('Mine'))
  first.forget(draft.id)
  first.close()
  expect(await bodies(page())).toEqual([])
})

test('nobody finds what belongs to somebody else, or to another article', async () => {
  const first = page()
  first.keep(draft.id, kept('Mine'))
  first.close()
  await expect.poll(() => bodies(page())).toEqual(['Mine'])
  expect(await bodies(page('tomas'))).toEqual([])
  expect(await bodies(page(), null)).toEqual([])
})

test('what cannot be read is removed, and a device that is full says so', async () => {
  localStorage.setItem(`galley-draft:mira:${draft.id}:gone`, '{"content":')
  expect(await bodies(page())).toEqual([])
  expect(localStorage).toHaveLength(0)
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('Full', 'QuotaExceededError')
  })
  expect(page().keep(draft.id, kept('Mine'))).toBe(false)
  vi.restoreAllMocks()
})
