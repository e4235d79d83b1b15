import { expect, test } from 'vitest'
import { freeUnits, secondsUntilFree } from './window.ts'

const limit = { quota: 100, windowSeconds: 60 }

test.each([
  [{ current: 0, previous: 0, elapsedSeconds: 0 }, 100],
  [{ current: 40, previous: 0, elapsedSeconds: 30 }, 60],
  [{ current: 40, previous: 40, elapsedSeconds: 30 }, 40],
  [{ current: 0, previous: 100, elapsedSeconds: 0 }, 0],
  [{ current: 0, previous: 100, elapsedSeconds: 59.9 }, 99],
  [{ current: 100, previous: 100, elapsedSeconds: 10 }, 0],
  [{ current: 0, previous: 100, elapsedSeconds: -5 }, 0],
])('after %o there are %i units', (use, free) => {
  expect(freeUnits(use, limit)).toBe(free)
})

test.each([
  [1, { current: 0, previous: 0, elapsedSeconds: 0 }, 0],
  [101, { current: 0, previous: 0, elapsedSeconds: 0 }, Infinity],
  [50, { current: 0, previous: 100, elapsedSeconds: 0 }, 30],
  [50, { current: 0, previous: 100, elapsedSeconds: 20 }, 10],
  [25, { current: 50, previous: 100, elapsedSeconds: 15 }, 30],
  [100, { current: 100, previous: 0, elapsedSeconds: 0 }, 120],
  [50, { current: 100, previous: 100, elapsedSeconds: 45 }, 45],
])('%i units after %o are free in %d s', (units, use, seconds) => {
  expect(secondsUntilFree(units, use, limit)).toBeCloseTo(seconds, 6)
})

test('what is announced holds, and not a second before', () => {
  const counts = [0, 1, 33, 50, 99, 100]
  for (const current of counts) {
    for (const previous of counts) {
      for (const units of [1, 2, 49, 51, 100]) {
        for (const elapsedSeconds of [0, 0.5, 20, 59.5]) {
          const use = { current, previous, elapsedSeconds }
          const wait = secondsUntilFree(units, use, limit)
          expect(freeUnits(later(use, wait + 0.001), limit)).toBeGreaterThanOrEqual(units)
          const isEarlyEnough = wait > 1 && freeUnits(later(use, wait - 1), limit) >= units
          expect(isEarlyEnough).toBe(false)
        }
      }
    }
  }
})

function later(use: { current: number; previous: number; elapsedSeconds: number }, by: number) {
  const elapsedSeconds = use.elapsedSeconds + by
  if (elapsedSeconds < 60) return { ...use, elapsedSeconds }
  return { current: 0, previous: use.current, elapsedSeconds: elapsedSeconds - 60 }
}
