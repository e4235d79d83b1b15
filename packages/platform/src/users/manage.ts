import type { AuditAction } from '@galley/contract/audit-actions'
import type { Page } from '@galley/contract/primitives'
import type { Revoked } from '@galley/contract/platform/sessions'
import type {
  ListUsers,
  ManagedUser,
  SetRole,
  SuspendUser,
  UserById,
} from '@galley/contract/platform/users'
import type { Tx } from '@galley/db/client'
import { users } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import { transact, type SessionCtx } from '../ctx.ts'
import { decodeCursor, pageOf, TimeCursor } from '../cursor.ts'
import { AppError, authorize } from '../errors.ts'
import { emit } from '../events/emit.ts'
import { enqueueEmail } from '../mail/enqueue-email.ts'
import { applySecondFactorPolicy } from '../second-factor.ts'
import { revokeAccess } from '../sessions/service.ts'
import {
  countOtherAdmins,
  deleteSecondFactor,
  findManagedUser,
  listManagedUsers,
  setStanding,
  takeTurn,
  type ManagedRow,
  type Standing,
} from './manage-queries.ts'
import { toManagedUser } from './manage-view.ts'
import { canManage, canResetSecondFactor, grantableRoles } from './policy.ts'

/** People for those who manage them, newest first. */
export async function listUsers(ctx: SessionCtx, input: ListUsers): Promise<Page<ManagedUser>> {
  const after = decodeCursor(TimeCursor, input.cursor)
  const rows = await listManagedUsers(ctx.db, { ...input, after, limit: input.limit + 1 })
  return pageOf(
    rows,
    input.limit,
    (row) => [row.createdAt.getTime(), row.id],
    (row) => toManagedUser(ctx.actor, row),
  )
}

/** Gives a person another role. What they had opened with the one before ends. Repeating it changes nothing. */
export function setRole(ctx: SessionCtx, { id, role }: SetRole): Promise<ManagedUser> {
  return manage(ctx, id, async (tx, manager, person) => {
    authorize(grantableRoles(manager.actor, person).includes(role), 'user/forbidden')
    if (person.role === role) return
    await changeStanding(ctx, tx, person, { action: 'user.role-changed', change: { role } })
    await emit(ctx, tx, 'user.role-changed', { userId: id, from: person.role, to: role })
  })
}

/** From now on the person can only read, and has to sign in again for that. */
export function suspendUser(ctx: SessionCtx, { id, reason }: SuspendUser): Promise<ManagedUser> {
  return manage(ctx, id, async (tx, manager, person) => {
    authorize(canManage(manager.actor, person), 'user/forbidden')
    if (person.status === 'suspended') return
    const change = { status: 'suspended' } as const
    await changeStanding(ctx, tx, person, { action: 'user.suspended', change, reason })
    await emit(ctx, tx, 'user.suspended', { userId: id })
  })
}

/** Ends a suspension. */
export function restoreUser(ctx: SessionCtx, { id }: UserById): Promise<ManagedUser> {
  return manage(ctx, id, async (tx, manager, person) => {
    authorize(canManage(manager.actor, person), 'user/forbidden')
    if (person.status === 'active') return
    await changeStanding(ctx, tx, person, { action: 'user.restored', change: { status: 'active' } })
    await emit(ctx, tx, 'user.restored', { userId: id })
  })
}

/** Signs a person out everywhere, and their programs: personal tokens end too. Counts sessions. */
export async function revokeUserSessions(ctx: SessionCtx, { id }: UserById): Promise<Revoked> {
  let count = 0
  await manage(ctx, id, async (tx, manager, person) => {
    authorize(canManage(manager.actor, person), 'user/forbidden')
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
    authorize(canResetSecondFactor(manager.actor, person), 'user/forbidden')
    if (!(await deleteSecondFactor(tx, id, ctx.now()))) throw new AppError('totp/off')
    await revokeAccess(ctx, tx, id, { personalTokens: true })
    const target = { type: 'user', id }
    await recordAudit(ctx, tx, { action: 'second-factor.reset', target, subjectId: id })
    await enqueueEmail(ctx, tx, { letter: 'second-factor-reset', userId: id })
  })
}

type Act = (tx: Tx, manager: SessionCtx, person: ManagedRow) => Promise<void>

/** Does `act` to a person, as a manager whose own standing is read anew: it may have changed while this call waited. */
function manage(ctx: SessionCtx, id: string, act: Act): Promise<ManagedUser> {
  return transact(ctx, async (tx) => {
    await takeTurn(tx)
    const self = await findManagedUser(tx, ctx.actor.user.id)
    if (!self) throw new AppError('session/required')
    const user = { ...ctx.actor.user, role: self.role, status: self.status }
    const person = await findManagedUser(tx, id)
    if (!person) throw new AppError('user/not-found')
    await act(tx, { ...ctx, actor: { ...ctx.actor, user } }, person)
    const changed = await findManagedUser(tx, id)
    return toManagedUser(ctx.actor, changed ?? person)
  })
}

type Changing = { action: AuditAction; change: Standing; reason?: string }

/** Never leaves the publication without an active admin; ends what the person had opened before. */
async function changeStanding(
  ctx: SessionCtx,
  tx: Tx,
  person: ManagedRow,
  { action, change, reason }: Changing,
) {
  const isActiveAdmin = person.role === 'admin' && person.status === 'active'
  if (isActiveAdmin && (await countOtherAdmins(tx, person.id)) === 0) {
    throw new AppError('user/last-admin')
  }
  await setStanding(tx, person.id, change, ctx.now())
  if ('role' in change) await applySecondFactorPolicy(ctx, tx, eq(users.id, person.id))
  await revokeAccess(ctx, tx, person.id)
  const { role, status } = person
  await recordAudit(ctx, tx, {
    action,
    target: { type: 'user', id: person.id },
    subjectId: person.id,
    before: 'role' in change ? { role } : { status },
    after: { ...change, ...(reason !== undefined && { reason }) },
  })
}
