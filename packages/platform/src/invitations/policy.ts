import type { Role } from '@galley/contract/platform/users'
import { grantableRoles } from '../actor.ts'
import type { Actor } from '../ctx.ts'
import type { Decision } from '../errors.ts'

/** Who manages people invites them, to the roles that they may give. */
export const canInvite = (actor: Actor, role: Role): Decision =>
  actor.kind === 'user' && grantableRoles(actor).includes(role) ? 'ok' : 'user/forbidden'
