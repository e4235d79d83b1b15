import { expect, test } from 'vitest'
import { isForward, periodEnd, periodStart } from './period.ts'

test('a day is all of it, a moment is itself', () => {
  const moment = '2026-03-14T08:30:00.5Z'
  expect(periodStart('2026-03-14')).toEqual(new Date('2026-03-14T00:00:00Z'))
  expect(periodEnd('2026-03-14')).toEqual(new Date('2026-03-15T00:00:00Z'))
  expect(periodEnd('2028-02-28')).toEqual(new Date('2028-02-29T00:00:00Z'))
  expect([periodStart(moment), periodEnd(moment)]).toEqual([new Date(moment), new Date(moment)])
})

test('the last day has a year of four digits', () => {
  expect(periodEnd('9999-12-31').toISOString()).toBe('9999-12-31T23:59:59.999Z')
})

test.each([
  ['2026-03-14', '2026-03-14', true],
  ['2026-03-14', '2026-03-13', false],
  ['2026-03-14T23:59:59Z', '2026-03-14', true],
  ['2026-03-15T00:00:00Z', '2026-03-14', false],
  ['2026-03-14', '2026-03-14T00:00:00Z', true],
  ['2026-03-14', '2026-03-13T23:59:59.999Z', false],
  ['2026-03-14T08:30:00.5Z', '2026-03-14T08:30:00Z', false],
  ['2026-03-14', undefined, true],
  [undefined, '2026-03-14', true],
])('from %s to %s: %s', (from, to, expected) => {
  expect(isForward({ from, to })).toBe(expected)
})
