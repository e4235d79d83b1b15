import type { ByEmail, CreateUser } from '@galley/contract/platform/users'
import { credentials, users } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import { type Ctx, transact } from '../ctx.ts'
import { AppError } from '../errors.ts'
import { refuseWeakPassword } from '../password-rules.ts'
import { only } from '../rows.ts'
import { revokeAccess } from '../sessions/revoke-access.ts'
import { lockRoleChanges, takeSecondFactor } from './internal/manage.ts'
import { throwUsernameTaken } from './internal/sign-up.ts'
import { deleteUnverified } from './internal/unverified.ts'
import { lockAddress } from './lock-address.ts'
import { findUserByEmail } from './queries.ts'
import { applySecondFactorPolicy } from './second-factor-policy.ts'

// For the operator alone: no procedure reaches these.

/**
 * A new account that is admin from the start, its address vouched for.
 * Returns false where the address has an account already.
 */
export async function createAdmin(ctx: Ctx, input: CreateUser): Promise<boolean> {
  const { password, ...account } = input
  await refuseWeakPassword(ctx, password, input)
  const passwordHash = await ctx.passwords.hash(password)
  const now = ctx.now()
  return transact(ctx, async (tx) => {
    await lockAddress(tx, input.email)
    await deleteUnverified(tx, eq(users.email, input.email))
    if (await findUserByEmail(tx, input.email)) return false
    const values = { ...account, role: 'admin', emailVerifiedAt: now } as const
    const { id } = only(
      await tx.insert(users).values(values).returning({ id: users.id }).catch(throwUsernameTaken),
    )
    await tx.insert(credentials).values({ userId: id, passwordHash, updatedAt: now })
    await recordAudit(ctx, tx, {
      action: 'user.created',
      target: { type: 'user', id },
      subjectId: id,
      after: { role: 'admin', username: input.username },
    })
    return true
  })
}

/**
 * Makes an account admin. Throws not-found, suspended, or unverified: whose address nobody has
 * proved to own could have anybody's password.
 */
export function promoteToAdmin(ctx: Ctx, { email }: ByEmail): Promise<void> {
  return transact(ctx, async (tx) => {
    await lockRoleChanges(tx)
    const user = await findUserByEmail(tx, email)
    if (!user) throw new AppError('user/not-found')
    if (!user.emailVerifiedAt) throw new AppError('session/email-unverified')
    if (user.status === 'suspended') throw new AppError('user/suspended')
    if (user.role === 'admin') return
    await tx.update(users).set({ role: 'admin', updatedAt: ctx.now() }).where(eq(users.id, user.id))
    await applySecondFactorPolicy(ctx, tx, eq(users.id, user.id))
    await revokeAccess(ctx, tx, user.id)
    await recordAudit(ctx, tx, {
      action: 'user.role-changed',
      target: { type: 'user', id: user.id },
      subjectId: user.id,
      before: { role: user.role },
      after: { role: 'admin' },
    })
  })
}

/**
 * Takes the lost second factor of an account away, which an admin could: for where the only one has lost theirs. Throws
 * `user/not-found`, or `totp/off` where none is on.
 */
export function resetLostSecondFactor(ctx: Ctx, { email }: ByEmail): Promise<void> {
  return transact(ctx, async (tx) => {
    const user = await findUserByEmail(tx, email)
    if (!user) throw new AppError('user/not-found')
    await takeSecondFactor(ctx, tx, user.id)
  })
}
