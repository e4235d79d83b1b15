import { useTestDatabase } from '@galley/testing/database'
import { expect, test } from 'vitest'
import { createPostgresThrottles } from './postgres-throttles.ts'
import { createCodeThrottle } from './throttle.ts'

const database = useTestDatabase()
const minute = 60_000

/** When guesses were let through in six hours, of somebody who guesses `burst` times and then waits. */
async function guessesOf(burst: number, waitMinutes: number): Promise<number[]> {
  let at = Date.UTC(2026, 0, 1)
  const end = at + 6 * 60 * minute
  const store = createPostgresThrottles(database.db, { now: () => new Date(at) })
  const throttle = createCodeThrottle(store)
  const account = `${burst} each ${waitMinutes} minutes`
  const taken: number[] = []
  for (; at < end; at += waitMinutes * minute) {
    for (let tries = 0; tries < burst; tries++, at++) {
      const { allowed } = await throttle.attempt({ account, address: `10.0.0.${tries}` })
      if (allowed) taken.push(at)
    }
  }
  return taken
}

test.each([
  [6, 5],
  [5, 15],
  [4, 15],
  [5, 30],
  [4, 30],
  [4, 31],
  [9, 30],
  [1, 5],
])('AU9: %i guesses each %i minutes get no more than ten in any hour', async (burst, wait) => {
  const taken = await guessesOf(burst, wait)
  expect(taken.length).toBeGreaterThan(3)
  const inHourAfter = taken.map((start) =>
    taken.filter((at) => at >= start && at < start + 60 * minute),
  )
  expect(Math.max(...inHourAfter.map(({ length }) => length))).toBeLessThanOrEqual(10)
})
