import { expect, test } from 'vitest'
import { toTimestamp } from './timestamp.ts'

test('a time is written as toISOString writes it', () => {
  const ends = [
    '-012345-06-07T08:09:10.011Z',
    '0999-12-31T23:59:59.999Z',
    '1000-01-01T00:00:00.000Z',
  ]
  const beyond = [
    '9999-12-31T23:59:59.999Z',
    '+010000-01-01T00:00:00.000Z',
    '2024-02-29T01:02:03.004Z',
  ]
  for (const text of [...ends, ...beyond]) expect(toTimestamp(new Date(text))).toBe(text)
  for (let at = -1e13; at < 1e14; at += 97_310_987_654) {
    expect(toTimestamp(new Date(at))).toBe(new Date(at).toISOString())
  }
})

test('a date that is none is refused', () => {
  expect(() => toTimestamp(new Date(Number.NaN))).toThrow(RangeError)
})
