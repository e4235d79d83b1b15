import type { AuditAction } from '@galley/contract/audit-actions'
import type { ManagedUser, Role, UserStatus } from '@galley/contract/platform/users'
import type { Tx } from '@galley/db/client'
import { recoveryCodes, totpCredentials, users } from '@galley/db/schema'
import { and, eq, isNotNull, ne, sql } from 'drizzle-orm'
import { recordAudit } from '../../audit/record.ts'
import { transact, type Ctx, type SessionCtx } from '../../ctx.ts'
import { AppError } from '../../errors.ts'
import { enqueueEmail } from '../../mail/enqueue-email.ts'
import { revokeAccess } from '../../sessions/revoke-access.ts'
import { findManagedUser, type ManagedRow } from '../queries.ts'
import { applySecondFactorPolicy } from '../second-factor-policy.ts'
import { toManagedUser } from '../list.ts'

type Act = (tx: Tx, manager: SessionCtx, person: ManagedRow) => Promise<void>

/** Does `act` to a person, as a manager whose own role and status are read again, as they may have changed while this call waited. */
export function manage(ctx: SessionCtx, id: string, act: Act): Promise<ManagedUser> {
  return transact(ctx, async (tx) => {
    await lockRoleChanges(tx)
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

type Changing = { action: AuditAction; change: RoleOrStatus; reason?: string }

/** Never leaves the publication without an active admin; ends what the person had opened before. */
export async function changeRoleOrStatus(
  ctx: SessionCtx,
  tx: Tx,
  person: ManagedRow,
  { action, change, reason }: Changing,
) {
  const isActiveAdmin = person.role === 'admin' && person.status === 'active'
  if (isActiveAdmin && (await countOtherAdmins(tx, person.id)) === 0) {
    throw new AppError('user/last-admin')
  }
  await setRoleOrStatus(tx, person.id, change, ctx.now())
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

/**
 * Takes a lost second factor away and asks for another one: the person is signed out everywhere, and can only read until it
 * is on. Throws `totp/off` where none was on.
 */
export async function takeSecondFactor(ctx: Ctx, tx: Tx, userId: string): Promise<void> {
  const mine = eq(totpCredentials.userId, userId)
  const [totp] = await tx.delete(totpCredentials).where(mine).returning()
  if (!totp?.confirmedAt) throw new AppError('totp/off')
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId))
  await tx.update(users).set({ secondFactorResetAt: ctx.now() }).where(eq(users.id, userId))
  await revokeAccess(ctx, tx, userId, { personalTokens: true })
  await recordAudit(ctx, tx, {
    action: 'second-factor.reset',
    target: { type: 'user', id: userId },
    subjectId: userId,
  })
  await enqueueEmail(ctx, tx, { letter: 'second-factor-reset', userId })
}

/** Changes of role or status happen one after the other, so that the admins left can be counted. Held until the transaction ends. */
export async function lockRoleChanges(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('users.standing', 0))`)
}

/** Admins but this one who can act: active, and with a verified address to sign in by. */
const countOtherAdmins = (tx: Tx, id: string) =>
  tx.$count(
    users,
    and(
      eq(users.role, 'admin'),
      eq(users.status, 'active'),
      isNotNull(users.emailVerifiedAt),
      ne(users.id, id),
    ),
  )

/** What a person is here: their role, or whether they are suspended. */
type RoleOrStatus = { role: Role } | { status: UserStatus }

async function setRoleOrStatus(tx: Tx, id: string, change: RoleOrStatus, now: Date): Promise<void> {
  await tx
    .update(users)
    .set({ ...change, updatedAt: now })
    .where(eq(users.id, id))
}
