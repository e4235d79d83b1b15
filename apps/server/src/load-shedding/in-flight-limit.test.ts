import { expect, test } from 'vitest'
import { nextInFlightLimit } from './in-flight-limit.ts'

test('RE6 is halved while the loop is late, down to what is always let in', () => {
  const limits = [200]
  for (let sample = 0; sample < 6; sample++) limits.push(nextInFlightLimit(last(limits), 150, 200))
  expect(limits).toEqual([200, 100, 50, 25, 12, 8, 8])
})

test('RE6 grows back by a tenth of the most at a time', () => {
  const limits = [8]
  for (let sample = 0; sample < 12; sample++) limits.push(nextInFlightLimit(last(limits), 20, 200))
  expect(limits.slice(0, 3)).toEqual([8, 28, 48])
  expect(limits.slice(-2)).toEqual([200, 200])
})

test('never passes a most that is below what is always let in', () => {
  expect(nextInFlightLimit(2, 0, 2)).toBe(2)
  expect(nextInFlightLimit(2, 1000, 2)).toBe(2)
})

const last = (limits: number[]) => limits.at(-1) ?? 0
