import {
  AuditPage,
  ListAudit,
  ListSecurityEvents,
  SecurityEventPage,
} from '@galley/contract/platform/audit'
import { listAudit, listSecurityEvents } from '@galley/platform/audit/list'
import { adminProcedure, sessionProcedure, router } from '../../trpc.ts'

export const audit = router({
  list: adminProcedure({ cost: 3, queries: 1 })
    .input(ListAudit.prefault({}))
    .output(AuditPage)
    .query(({ ctx, input }) => listAudit(ctx, input)),
  mine: sessionProcedure({ cost: 2, queries: 1 })
    .input(ListSecurityEvents.prefault({}))
    .output(SecurityEventPage)
    .query(({ ctx, input }) => listSecurityEvents(ctx, input)),
})
