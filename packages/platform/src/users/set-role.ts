import type { ManagedUser, SetRole } from '@galley/contract/platform/users'
import type { SessionCtx } from '../ctx.ts'
import { authorize } from '../errors.ts'
import { emit } from '../events/emit.ts'
import { changeRoleOrStatus, manage } from './internal/manage.ts'
import { rolesFor } from './policy.ts'

/** Gives a person another role. What they had opened with the one before ends. Repeating it changes nothing. */
export function setRole(ctx: SessionCtx, { id, role }: SetRole): Promise<ManagedUser> {
  return manage(ctx, id, async (tx, manager, person) => {
    authorize(rolesFor(manager.actor, person).includes(role), 'user/forbidden')
    if (person.role === role) return
    await changeRoleOrStatus(ctx, tx, person, { action: 'user.role-changed', change: { role } })
    await emit(ctx, tx, 'user.role-changed', { userId: id, from: person.role, to: role })
  })
}
