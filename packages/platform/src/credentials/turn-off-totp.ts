import type { Accepted } from '@galley/contract/platform/users'
import { recoveryCodes, totpCredentials, users } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import type { SessionCtx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import type { Granted } from '../grant.ts'
import { emit } from '../events/emit.ts'
import { withRotatedSession } from '../sessions/own-session.ts'
import { recordSecondFactorChange } from './internal.ts'

/** Switches the second factor off. Whose role needs one can then only read until another one is on. */
export async function deleteTotp(ctx: SessionCtx): Promise<Granted<Accepted>> {
  const { id: userId, role } = ctx.actor.user
  return withRotatedSession(ctx, async (tx) => {
    const [totp] = await tx
      .delete(totpCredentials)
      .where(eq(totpCredentials.userId, userId))
      .returning()
    if (!totp?.confirmedAt) throw new AppError('totp/off')
    await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId))
    const isNeeded = ctx.secondFactor.roles.includes(role)
    if (isNeeded)
      await tx.update(users).set({ secondFactorDueAt: ctx.now() }).where(eq(users.id, userId))
    await recordSecondFactorChange(ctx, tx, 'second-factor.turned-off')
    await emit(ctx, tx, 'user.second-factor-changed', { userId, on: false })
    return { accepted: true }
  })
}
