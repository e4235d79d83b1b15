import { pageSizes } from '@galley/contract/page-sizes'
import type { RouterContext } from '../../../lib/router-context.ts'
import type { AuditSearch } from './audit-search.ts'

type Trpc = RouterContext['trpc']

export const mySecurityEvents = (trpc: Trpc, cursor: string | undefined) =>
  trpc.audit.mine.queryOptions({ cursor, limit: pageSizes.rows }, { staleTime: 0 })

export const auditEntries = (trpc: Trpc, filter: AuditSearch) =>
  trpc.audit.list.queryOptions({ ...filter, limit: 25 }, { staleTime: 0 })
