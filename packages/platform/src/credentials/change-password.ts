import type { ChangePassword, SetPassword } from '@galley/contract/platform/credentials'
import type { Accepted } from '@galley/contract/platform/users'
import { credentials } from '@galley/db/schema'
import { and, eq } from 'drizzle-orm'
import type { SessionCtx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import type { Granted } from '../grant.ts'
import { refuseWeakPassword } from '../password-rules.ts'
import { confirmPassword } from '../sessions/step-up.ts'
import { withRotatedSession } from '../sessions/own-session.ts'
import { afterPasswordChange } from './internal.ts'

/** Another password for who knows the current one (OWASP ASVS 5.0 6.2.3). Of several at once one holds. */
export async function changePassword(
  ctx: SessionCtx,
  input: ChangePassword,
): Promise<Granted<Accepted>> {
  const { user } = ctx.actor
  const current = await confirmPassword(ctx, input.currentPassword)
  await refuseWeakPassword(ctx, input.password, user)
  const passwordHash = await ctx.passwords.hash(input.password)
  return withRotatedSession(ctx, async (tx) => {
    const changed = await tx
      .update(credentials)
      .set({ passwordHash, updatedAt: ctx.now() })
      .where(and(eq(credentials.userId, user.id), eq(credentials.passwordHash, current)))
      .returning({ userId: credentials.userId })
    if (changed.length === 0) throw new AppError('password/wrong')
    await afterPasswordChange(ctx, tx, user.id, 'user.password-changed')
    return { accepted: true }
  })
}

/** The first password of an account that has none. */
export async function setPassword(
  ctx: SessionCtx,
  { password }: SetPassword,
): Promise<Granted<Accepted>> {
  const { user } = ctx.actor
  await refuseWeakPassword(ctx, password, user)
  const passwordHash = await ctx.passwords.hash(password)
  return withRotatedSession(ctx, async (tx) => {
    const set = await tx
      .insert(credentials)
      .values({ userId: user.id, passwordHash, updatedAt: ctx.now() })
      .onConflictDoNothing()
      .returning({ userId: credentials.userId })
    if (set.length === 0) throw new AppError('password/already-set')
    await afterPasswordChange(ctx, tx, user.id, 'user.password-set')
    return { accepted: true }
  })
}
