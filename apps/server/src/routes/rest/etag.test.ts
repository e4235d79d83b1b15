import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ageOf, isCurrent, lastModifiedOf } from './etag.ts'

const noon = Date.parse('2026-11-29T12:00:00Z')
const answer = (ms: number) => ({ etag: `"${ms}"`, madeAt: noon + ms })
const at = (ms: number) => vi.setSystemTime(noon + ms)

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

test('who has what was made before another in the same second gets the other', () => {
  at(300)
  const headers = { 'if-modified-since': lastModifiedOf(answer(200)) }
  at(900)
  expect(isCurrent(answer(700), headers)).toBe(false)
})

test('who has what is still there by the end of that second has it', () => {
  at(300)
  expect(lastModifiedOf(answer(200))).toBe('Sun, 29 Nov 2026 12:00:00 GMT')
  at(2_500)
  const modified = lastModifiedOf(answer(200))
  expect(modified).toBe('Sun, 29 Nov 2026 12:00:01 GMT')
  expect(isCurrent(answer(200), { 'if-modified-since': modified })).toBe(true)
  expect(isCurrent(answer(1_200), { 'if-modified-since': modified })).toBe(false)
  expect(isCurrent(answer(200), { 'if-modified-since': modified, 'if-none-match': '"x"' })).toBe(
    false,
  )
  expect(isCurrent(answer(200), { 'if-modified-since': 'yesterday' })).toBe(false)
})

test('what a clock ahead of ours has made is new, and not of a time to come', () => {
  at(0)
  expect([ageOf(answer(5_000)), lastModifiedOf(answer(5_000))]).toEqual([
    0,
    'Sun, 29 Nov 2026 12:00:00 GMT',
  ])
})
