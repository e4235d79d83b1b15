import { expect, test } from 'vitest'
import { toAuditFilter } from './audit-queries.ts'
import { auditSearch } from './audit-search.ts'

test('a day in the address is that whole day in UTC', () => {
  const search = auditSearch({ action: 'user.', from: '2026-03-14', to: '2026-03-14', other: 'x' })
  expect(toAuditFilter(search)).toEqual({
    action: 'user.',
    from: '2026-03-14T00:00:00.000Z',
    to: '2026-03-14T23:59:59.999Z',
  })
})

test('an empty address filters nothing', () => {
  const filter = toAuditFilter(auditSearch({ action: '', from: '' }))
  expect(Object.values(filter).filter((value) => value !== undefined)).toEqual([])
})
