import type { Role } from '@galley/contract/platform/users'
import type { Actor } from '../ctx.ts'
import { rolesForNewcomers } from '../users/service.ts'

/** Who manages people invites them, to the roles that they may give. */
export const canInvite = (actor: Actor, role: Role) => rolesForNewcomers(actor).includes(role)
