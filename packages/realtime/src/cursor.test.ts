import { expect, test } from 'vitest'
import {
  decodeCursor,
  encodeCursor,
  formatSnapshot,
  MAX_CURSOR_LENGTH,
  parseSnapshot,
} from './cursor.ts'

test.each(['10:20:10,14', '10:10:', '7123456789:7123456999:7123456789'])(
  'a snapshot is read as PostgreSQL writes it: %s',
  (text) => {
    expect(formatSnapshot(parseSnapshot(text))).toBe(text)
  },
)

test.each(['10:20:10,14', '10:10:', '7123456789:7123456999:7123456789'])(
  'a cursor says where in the order of commits, in the alphabet of addresses: %s',
  (text) => {
    const cursor = { at: parseSnapshot(text), madeAt: 1_795_459_638 }
    expect(encodeCursor(cursor)).toMatch(/^[\da-z.-]+$/)
    expect(decodeCursor(encodeCursor(cursor))).toEqual(cursor)
  },
)

test('with very many transactions it is an earlier place, and still short', () => {
  const running = Array.from({ length: 5_000 }, (_, n) => 1_000 + n * 2)
  const text = encodeCursor({ at: { xmin: 1_000, xmax: 99_000, running }, madeAt: 1 })
  expect(text.length).toBeLessThan(MAX_CURSOR_LENGTH)
  expect(decodeCursor(text)?.at).toEqual({
    xmin: 1_000,
    xmax: 1_300,
    running: running.slice(0, 150),
  })
})

test.each([
  '',
  'a',
  'a.b',
  'a.b.c',
  '..',
  'A.0..1',
  'zzzzzzzzzzz.zzzzzzzzzzz..1',
  'a.0.-.1',
  '0.1..1',
  'a.5.3-2.1',
  'a.5.2-2.1',
  'a.5.5.1',
  `${'a'.repeat(2_000)}.0..1`,
])('what is no cursor is none: %j', (text) => {
  expect(decodeCursor(text)).toBeNull()
})
