import { expect, test } from 'vitest'
import { createBodyBudget } from './bodies.ts'

test('an address has a quarter of the budget, all together the whole', () => {
  const budget = createBodyBudget(100)
  expect(budget.take('a', 20)).toBe(true)
  expect(budget.take('a', 6)).toBe(false)
  expect(budget.take('a', 5)).toBe(true)
  expect(['b', 'c', 'd'].map((address) => budget.take(address, 25))).toEqual([true, true, true])
  expect(budget.take('e', 1)).toBe(false)
})

test('what is given back can be taken again', () => {
  const budget = createBodyBudget(100)
  for (let time = 0; time < 10; time++) {
    expect(budget.take('a', 25)).toBe(true)
    budget.give('a', 10)
    budget.give('a', 15)
  }
  expect(['a', 'b', 'c', 'd'].map((address) => budget.take(address, 25))).not.toContain(false)
})
