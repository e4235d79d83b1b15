import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createTimeBudget } from './errors.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a budget is spent between start and stop only', () => {
  const onSpent = vi.fn<() => void>()
  const clock = createTimeBudget(100, onSpent)
  clock('start')
  vi.advanceTimersByTime(60)
  clock('stop')
  vi.advanceTimersByTime(1000)
  clock('start')
  vi.advanceTimersByTime(39)
  expect(onSpent).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(onSpent).toHaveBeenCalledOnce()
})

test('a budget that was never started is not spent', () => {
  const onSpent = vi.fn<() => void>()
  const clock = createTimeBudget(100, onSpent)
  clock('stop')
  vi.advanceTimersByTime(1000)
  expect(onSpent).not.toHaveBeenCalled()
})
