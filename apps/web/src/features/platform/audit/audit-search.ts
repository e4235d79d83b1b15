import type { ListAudit } from '@galley/contract/platform/audit'
import { textParam } from '../../../lib/search.ts'
import type { AuditSearch } from './audit-filter.tsx'

/** The filters of the audit log that an address holds. */
export const auditSearch = (search: Record<string, unknown>): AuditSearch => ({
  action: textParam(search, 'action'),
  person: textParam(search, 'person'),
  targetType: textParam(search, 'targetType'),
  targetId: textParam(search, 'targetId'),
  from: textParam(search, 'from'),
  to: textParam(search, 'to'),
  cursor: textParam(search, 'cursor'),
})

/** What to ask of the API: whole days in UTC as moments. */
export const toAuditFilter = ({ from, to, ...rest }: AuditSearch): Partial<ListAudit> => ({
  ...rest,
  from: from && `${from}T00:00:00.000Z`,
  to: to && `${to}T23:59:59.999Z`,
})
