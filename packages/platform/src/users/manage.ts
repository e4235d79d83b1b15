import type { Revoked } from '@galley/contract/platform/sessions'
import type { ManagedUser, SetRole, SuspendUser, UserById } from '@galley/contract/platform/users'
import { recordAudit } from '../audit/record.ts'
import type { SessionCtx } from '../ctx.ts'
import { authorize } from '../errors.ts'
import { revokeAccess } from '../sessions/revoke-access.ts'
import { changeRoleOrStatus, manage, takeSecondFactor } from './internal/manage.ts'
import { canManage, canResetSecondFactor, canSetRole } from './policy.ts'

/** Gives a person another role. What they had opened with the one before ends. Repeating it changes nothing. */
export function setRole(ctx: SessionCtx, { id, role }: SetRole): Promise<ManagedUser> {
  return manage(ctx, id, async (tx, manager, person) => {
    authorize(canSetRole(manager.actor, person, role))
    if (person.role === role) return
    await changeRoleOrStatus(ctx, tx, person, { action: 'user.role-changed', change: { role } })
  })
}

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

/** Signs a person out everywhere, and their API clients: personal tokens end too. Counts sessions. */
export async function revokeUserSessions(ctx: SessionCtx, { id }: UserById): Promise<Revoked> {
  let count = 0
  await manage(ctx, id, async (tx, manager, person) => {
    authorize(canManage(manager.actor, person))
    const ended = await revokeAccess(ctx, tx, id, { personalTokens: true })
    count = ended.sessions
    const target = { type: 'user', id }
    await recordAudit(ctx, tx, {
      action: 'user.sessions-revoked',
      target,
      subjectId: id,
      after: { count },
    })
  })
  return { count }
}

/**
 * Takes a lost second factor away, for admins: signed out everywhere, the person can only read until they have set up
 * another one. They get a mail.
 */
export function resetSecondFactor(ctx: SessionCtx, { id }: UserById): Promise<ManagedUser> {
  return manage(ctx, id, async (tx, manager, person) => {
    authorize(canResetSecondFactor(manager.actor, person))
    await takeSecondFactor(ctx, tx, id)
  })
}
