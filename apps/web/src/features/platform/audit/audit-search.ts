import type { ListAudit } from '@galley/contract/platform/audit'
import type { RouterContext } from '../../../lib/router-context.ts'
import { oldestFirst, textParam } from '../../../lib/search.ts'
import type { AuditSearch } from './audit-filter.tsx'

/** The filters of the audit log that an address holds. */
export const auditSearch = (search: Record<string, unknown>): AuditSearch => ({
  action: textParam(search, 'action'),
  person: textParam(search, 'person'),
  targetType: textParam(search, 'targetType'),
  targetId: textParam(search, 'targetId'),
  from: textParam(search, 'from'),
  to: textParam(search, 'to'),
  sort: oldestFirst(search),
  cursor: textParam(search, 'cursor'),
})

/** What to ask of the API: whole days in UTC as moments. */
export const toAuditFilter = ({ from, to, ...rest }: AuditSearch): Partial<ListAudit> => ({
  ...rest,
  from: from && `${from}T00:00:00.000Z`,
  to: to && `${to}T23:59:59.999Z`,
})

type Trpc = RouterContext['trpc']

export const mySecurityEvents = (trpc: Trpc, cursor: string | undefined) =>
  trpc.audit.mine.queryOptions({ cursor, limit: 20 }, { staleTime: 0 })

export const auditEntries = (trpc: Trpc, filter: Partial<ListAudit>) =>
  trpc.audit.list.queryOptions({ ...filter, limit: 25 }, { staleTime: 0 })
