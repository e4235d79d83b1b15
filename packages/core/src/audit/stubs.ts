import type { AuditPage, ListAudit, SecurityEventPage } from '@galley/contract/audit'
import type { PageInput } from '@galley/contract/primitives'
import type { z } from 'zod'
import type { SessionCtx } from '../ctx.ts'

export async function listAudit(
  _ctx: SessionCtx,
  _input: ListAudit,
): Promise<z.output<typeof AuditPage>> {
  throw new Error('listAudit')
}

export async function listSecurityEvents(
  _ctx: SessionCtx,
  _input: PageInput,
): Promise<z.output<typeof SecurityEventPage>> {
  throw new Error('listSecurityEvents')
}
