import { oldestFirst, textParams } from '../../../lib/search.ts'

const names = ['action', 'person', 'targetType', 'targetId', 'from', 'to', 'cursor'] as const

/** As in the address; `from` and `to` are days, `2026-03-14`, the last one included. */
export type AuditSearch = Partial<Record<(typeof names)[number], string>> & { sort?: 'oldest' }

/** The filters of the audit log that an address holds. */
export const auditSearch = (search: Record<string, unknown>): AuditSearch => ({
  ...textParams(search, names),
  sort: oldestFirst(search),
})
