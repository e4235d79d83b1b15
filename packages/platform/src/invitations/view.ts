import type { InvitationView } from '@galley/contract/platform/invitations'
import type { SessionCtx } from '../ctx.ts'
import { isAllowed } from '../errors.ts'
import { canInvite } from './policy.ts'
import type { InvitationRow } from './queries.ts'

export const toInvitationView = (ctx: SessionCtx, row: InvitationRow): InvitationView => ({
  id: row.id,
  email: row.email,
  role: row.role,
  invitedBy: row.invitedBy,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  can: { delete: isAllowed(canInvite(ctx.actor, row.role)) },
})
