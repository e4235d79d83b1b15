import { expect, test } from 'vitest'
import { createMemoryStore } from './memory-store.ts'

const entry = (length: number, tags: string[] = []) => ({
  value: Buffer.alloc(length),
  storedAt: 0,
  tags,
})

test('holds no more bytes than it may; what was not read for longest goes first', () => {
  const store = createMemoryStore({ maxBytes: 10_000 })
  for (const key of ['a', 'b', 'c']) store.set(key, entry(2_500))
  store.get('a')
  store.set('d', entry(2_500))
  expect(['a', 'b', 'c', 'd'].filter((key) => store.get(key))).toEqual(['a', 'c', 'd'])
  expect(store.size().entries).toBe(3)
  expect(store.size().bytes).toBeLessThanOrEqual(10_000)
})

test('keys and tags count too', () => {
  const store = createMemoryStore({ maxBytes: 10_000 })
  for (let n = 0; n < 100; n++) store.set(`${n}${'k'.repeat(500)}`, entry(0, ['t'.repeat(500)]))
  expect(store.size().entries).toBeLessThanOrEqual(4)
})

test('what is larger than all of it is not kept, and takes its predecessor away', () => {
  const store = createMemoryStore({ maxBytes: 10_000 })
  store.set('other', entry(100))
  store.set('a', entry(100))
  store.set('a', entry(20_000))
  expect(store.get('a')).toBeUndefined()
  expect(store.get('other')).toBeDefined()
})

test('a tag reaches what has it now, whatever was pushed out or replaced before', () => {
  const store = createMemoryStore({ maxBytes: 10_000 })
  for (let n = 0; n < 1000; n++) store.set(`key ${n % 50}`, entry(1_000, [n % 2 ? 'odd' : 'even']))
  store.set('key 49', entry(1_000, ['even']))
  store.invalidate(['odd'])
  expect(store.get('key 49')).toBeDefined()
  expect(store.get('key 47')).toBeUndefined()
  store.invalidate(['even'])
  expect(store.size()).toEqual({ entries: 0, bytes: 0 })
})

test('a value does not change with the buffer that it came in', () => {
  const store = createMemoryStore({ maxBytes: 10_000 })
  const value = Buffer.from('first')
  store.set('a', { value, storedAt: 0, tags: [] })
  value.fill(0)
  expect(String(store.get('a')?.value)).toBe('first')
})
