import type { ManagedUser, SuspendUser, UserById } from '@galley/contract/platform/users'
import type { SessionCtx } from '../ctx.ts'
import { authorize } from '../errors.ts'
import { changeRoleOrStatus, manage } from './internal/manage.ts'
import { canManage } from './policy.ts'

/** From now on the person can only read, and has to sign in again for that. */
export function suspendUser(ctx: SessionCtx, { id, reason }: SuspendUser): Promise<ManagedUser> {
  return manage(ctx, id, async (tx, manager, person) => {
    authorize(canManage(manager.actor, person))
    if (person.status === 'suspended') return
    const change = { status: 'suspended' } as const
    await changeRoleOrStatus(ctx, tx, person, { action: 'user.suspended', change, reason })
  })
}

/** Ends a suspension. */
export function restoreUser(ctx: SessionCtx, { id }: UserById): Promise<ManagedUser> {
  return manage(ctx, id, async (tx, manager, person) => {
    authorize(canManage(manager.actor, person))
    if (person.status === 'active') return
    await changeRoleOrStatus(ctx, tx, person, {
      action: 'user.restored',
      change: { status: 'active' },
    })
  })
}
