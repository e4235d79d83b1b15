import type { ListAudit } from '@galley/contract/platform/audit'
import type { RouterContext } from '../../../lib/router-context.ts'

type Trpc = RouterContext['trpc']

export const mySecurityEvents = (trpc: Trpc, cursor: string | undefined) =>
  trpc.audit.mine.queryOptions({ cursor, limit: 20 }, { staleTime: 0 })

export const auditEntries = (trpc: Trpc, filter: Partial<ListAudit>) =>
  trpc.audit.list.queryOptions({ ...filter, limit: 25 }, { staleTime: 0 })
