import { expect, test } from 'vitest'
import { nextInFlightLimit } from './admission.ts'

test('RE6 while the loop is late, falls to what would have been done in time', () => {
  expect(nextInFlightLimit(200, 200, 200)).toBe(100)
  expect(nextInFlightLimit(200, 400, 200)).toBe(50)
  expect(nextInFlightLimit(50, 10_000, 200)).toBe(40)
})

test('RE6 while it is not, grows back a little at a time', () => {
  const limits = [40]
  for (let sample = 0; sample < 50; sample++) {
    limits.push(nextInFlightLimit(limits.at(-1) ?? 0, 20, 200))
  }
  expect(limits.slice(0, 3)).toEqual([40, 50, 60])
  expect(limits.at(-1)).toBe(200)
})

test('never passes a maximum below what is always admitted', () => {
  expect(nextInFlightLimit(2, 0, 2)).toBe(2)
  expect(nextInFlightLimit(2, 1000, 2)).toBe(2)
})
