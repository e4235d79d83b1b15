import type { InvitationView } from '@galley/contract/platform/invitations'
import type { Role } from '@galley/contract/platform/users'
import { grantableRoles } from '../actor.ts'
import type { Actor, SessionCtx } from '../ctx.ts'
import { type Decision, isAllowed } from '../errors.ts'
import type { InvitationRow } from './queries.ts'

/** Who manages people invites them, to the roles that they may give. */
export const canInvite = (actor: Actor, role: Role): Decision =>
  actor.kind === 'user' && grantableRoles(actor).includes(role) ? 'ok' : 'user/forbidden'

export const toInvitationView = (ctx: SessionCtx, row: InvitationRow): InvitationView => ({
  id: row.id,
  email: row.email,
  role: row.role,
  invitedBy: row.invitedBy,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  can: { delete: isAllowed(canInvite(ctx.actor, row.role)) },
})
