import type { ByEmail } from '@galley/contract/platform/users'
import { users } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import { transact, type Ctx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import { revokeAccess } from '../sessions/revoke-access.ts'
import { lockRoleChanges } from './internal/manage.ts'
import { findUserByEmail } from './queries.ts'
import { applySecondFactorPolicy } from './second-factor-policy.ts'

/**
 * Makes an account admin, for the operator alone. Throws not-found, suspended, or unverified: whose address nobody has
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
