import type { ManagedUser, SetRole } from '@galley/contract/platform/users'
import type { SessionCtx } from '../ctx.ts'
import { authorize } from '../errors.ts'
import { changeRoleOrStatus, manage } from './internal/manage.ts'
import { canSetRole } from './policy.ts'

/** Gives a person another role. What they had opened with the one before ends. Repeating it changes nothing. */
export function setRole(ctx: SessionCtx, { id, role }: SetRole): Promise<ManagedUser> {
  return manage(ctx, id, async (tx, manager, person) => {
    authorize(canSetRole(manager.actor, person, role))
    if (person.role === role) return
    await changeRoleOrStatus(ctx, tx, person, { action: 'user.role-changed', change: { role } })
  })
}
