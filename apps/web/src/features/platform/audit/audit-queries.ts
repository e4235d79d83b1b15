import { pageSizes } from '@galley/contract/page-sizes'
import type { ListAudit } from '@galley/contract/platform/audit'
import type { RouterContext } from '../../../lib/router-context.ts'
import type { AuditSearch } from './audit-search.ts'

/** What to ask of the API: whole days in UTC as moments. */
export const toAuditFilter = ({ from, to, ...rest }: AuditSearch): Partial<ListAudit> => ({
  ...rest,
  from: from && `${from}T00:00:00.000Z`,
  to: to && `${to}T23:59:59.999Z`,
})

type Trpc = RouterContext['trpc']

export const mySecurityEvents = (trpc: Trpc, cursor: string | undefined) =>
  trpc.audit.mine.queryOptions({ cursor, limit: pageSizes.rows }, { staleTime: 0 })

export const auditEntries = (trpc: Trpc, filter: Partial<ListAudit>) =>
  trpc.audit.list.queryOptions({ ...filter, limit: 25 }, { staleTime: 0 })
