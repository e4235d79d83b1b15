import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createAdmission } from './admission.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Applicants by name; who is admitted enters. */
function start(most: number) {
  const admission = createAdmission(most)
  const said: string[] = []
  const apply = (name: string, cost = 1) => {
    const applicant = {
      cost,
      admit() {
        said.push(`${name} in`)
        admission.enter(cost)
      },
      refuse: () => void said.push(`${name} refused`),
    }
    admission.apply(applicant)
    return applicant
  }
  return { admission, said, apply }
}

test('admits what there is room for, the oldest that waits next', async () => {
  const { admission, said, apply } = start(2)
  for (const name of ['a', 'b', 'c', 'd']) apply(name)
  expect(said).toEqual(['a in', 'b in'])
  admission.leave(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(said).toEqual(['a in', 'b in', 'c in'])
  expect([admission.working, admission.waiting]).toEqual([2, 1])
})

test('what costs more takes more room, and what costs more than there is works alone', async () => {
  const { admission, said, apply } = start(20)
  apply('page', 10)
  apply('call')
  apply('batch', 10)
  apply('huge', 100)
  expect(said).toEqual(['page in', 'call in'])
  admission.leave(10)
  await vi.advanceTimersByTimeAsync(1)
  expect(said.at(-1)).toBe('batch in')
  admission.leave(10)
  await vi.advanceTimersByTimeAsync(1)
  expect(said.at(-1)).toBe('batch in')
  admission.leave(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(said.at(-1)).toBe('huge in')
})

test('refuses who has waited for 400 ms, the oldest first', async () => {
  const { said, apply } = start(1)
  apply('a')
  apply('b')
  await vi.advanceTimersByTimeAsync(200)
  apply('c')
  expect(said).toEqual(['a in'])
  await vi.advanceTimersByTimeAsync(225)
  expect(said).toEqual(['a in', 'b refused'])
  await vi.advanceTimersByTimeAsync(200)
  expect(said).toEqual(['a in', 'b refused', 'c refused'])
  expect(vi.getTimerCount()).toBe(0)
})

test('of more than a thousand that wait, the oldest is refused at once', () => {
  const { said, apply } = start(1)
  apply('a')
  for (let n = 0; n < 1_001; n += 1) apply(String(n))
  expect(said).toEqual(['a in', '0 refused'])
})

test('who has gone away takes no room', async () => {
  const { admission, said, apply } = start(1)
  apply('a')
  admission.withdraw(apply('b'))
  apply('c')
  admission.leave(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(said).toEqual(['a in', 'c in'])
})

test('starts nothing from the queue while connections come in, but for 256 turns at most', async () => {
  const { admission, said, apply } = start(1)
  apply('a')
  apply('b')
  admission.connected()
  admission.leave(1)
  vi.advanceTimersToNextTimer()
  expect(said).toEqual(['a in'])
  for (let turns = 1; turns < 256; turns += 1) {
    admission.connected()
    vi.advanceTimersToNextTimer()
  }
  expect(said).toEqual(['a in'])
  admission.connected()
  vi.advanceTimersToNextTimer()
  expect(said).toEqual(['a in', 'b in'])
})
