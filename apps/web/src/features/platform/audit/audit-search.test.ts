import { expect, test } from 'vitest'
import { auditSearch } from './audit-search.ts'

test('the address holds filters, as the API takes them', () => {
  const days = { from: '2026-03-14', to: '2026-03-14' }
  expect(auditSearch({ action: 'user.', ...days, other: 'x' })).toEqual({
    action: 'user.',
    ...days,
  })
})

test('an empty address filters nothing', () => {
  const filter = auditSearch({ action: '', from: '' })
  expect(Object.values(filter).filter((value) => value !== undefined)).toEqual([])
})
