import { expect, test } from 'vitest'
import { RendererBusy } from './errors.ts'
import { createRenderQueue } from './render-queue.ts'

const limits = { concurrency: 1, capacity: 10_000, share: 4000 }

/** A queue, work that ends when the test says so, and what has begun. */
function useQueue(options: Partial<typeof limits> = {}) {
  const queue = createRenderQueue({ ...limits, ...options })
  const begun: string[] = []
  const ends: (() => void)[] = []
  const add = (name: string, size = 1000, signal?: AbortSignal) =>
    queue.add({ holder: name.slice(0, 1), size, signal }, () => {
      begun.push(name)
      return new Promise<string>((resolve) => ends.push(() => resolve(name)))
    })
  const endAll = async () => {
    for (let end = ends.shift(); end; end = ends.shift()) {
      end()
      await new Promise(setImmediate)
    }
  }
  return { add, begun, endAll }
}

test('holders take turns', async () => {
  const { add, begun, endAll } = useQueue()
  const all = ['a1', 'a2', 'a3', 'b1', 'c1', 'b2'].map((name) => add(name))
  await endAll()
  expect(begun).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2'])
  expect(await Promise.all(all)).toEqual(['a1', 'a2', 'a3', 'b1', 'c1', 'b2'])
})

test('as many run as may', async () => {
  const { add, begun, endAll } = useQueue({ concurrency: 2 })
  const all = ['a1', 'a2', 'a3'].map((name) => add(name))
  await new Promise(setImmediate)
  expect(begun).toEqual(['a1', 'a2'])
  await endAll()
  await Promise.all(all)
})

test('one holder has no more than a share, charged by size, and others still have theirs', async () => {
  const { add, endAll } = useQueue()
  const held = [add('a1', 3000), add('a2', 1000)]
  await expect(add('a3', 1)).rejects.toMatchObject({ code: 'server/unavailable' })
  held.push(add('b1', 4000))
  await endAll()
  await Promise.all(held)
  const later = add('a3', 4000)
  await endAll()
  expect(await later).toBe('a3')
})

test('a document larger than a share is taken from who has no other', async () => {
  const { add, endAll } = useQueue()
  const large = add('a1', 9000)
  await endAll()
  expect(await large).toBe('a1')
})

test('all together have no more than the capacity', async () => {
  const { add, endAll } = useQueue()
  const held = ['a', 'b', 'c'].map((name) => add(name, 3000))
  await expect(add('d', 3000)).rejects.toThrow(RendererBusy)
  await endAll()
  await Promise.all(held)
})

test('short documents count too', async () => {
  const { add, endAll } = useQueue()
  const held = Array.from({ length: 8 }, (_, n) => add(`a${n}`, 1))
  await expect(add('a8', 1)).rejects.toThrow(RendererBusy)
  await endAll()
  await Promise.all(held)
})

test('what is aborted while it waits never begins, and makes room', async () => {
  const { add, begun, endAll } = useQueue()
  const leaving = new AbortController()
  const first = add('a1', 2000)
  const gone = add('a2', 2000, leaving.signal)
  leaving.abort(new Error('gone'))
  await expect(gone).rejects.toThrow('gone')
  const next = add('a3', 2000)
  await expect(add('a4', 2000, leaving.signal)).rejects.toThrow('gone')
  await endAll()
  await Promise.all([first, next])
  expect(begun).toEqual(['a1', 'a3'])
})

test('work that fails gives its place to the next', async () => {
  const queue = createRenderQueue(limits)
  const failing = queue.add({ holder: 'a', size: 4000 }, () => Promise.reject(new Error('no')))
  await expect(failing).rejects.toThrow('no')
  expect(await queue.add({ holder: 'a', size: 4000 }, async () => 1)).toBe(1)
})
