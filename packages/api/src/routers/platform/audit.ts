import { AuditPage, ListAudit, SecurityEventPage } from '@galley/contract/platform/audit'
import { PageInput } from '@galley/contract/primitives'
import { listAudit, listSecurityEvents } from '@galley/platform/audit/list'
import { adminProcedure, sessionProcedure, router } from '../../trpc.ts'

export const audit = router({
  list: adminProcedure({ cost: 3 })
    .input(ListAudit.prefault({}))
    .output(AuditPage)
    .query(({ ctx, input }) => listAudit(ctx, input)),
  mine: sessionProcedure({ cost: 2 })
    .input(PageInput.prefault({}))
    .output(SecurityEventPage)
    .query(({ ctx, input }) => listSecurityEvents(ctx, input)),
})
