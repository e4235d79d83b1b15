import type { RecoveryCodes } from '@galley/contract/platform/credentials'
import { totpCredentials } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import type { SessionCtx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import type { Granted } from '../grant.ts'
import { withRotatedSession } from '../sessions/own-session.ts'
import { recordSecondFactorChange, replaceRecoveryCodes } from './internal.ts'

/** New recovery codes; those before are void. */
export async function createRecoveryCodes(ctx: SessionCtx): Promise<Granted<RecoveryCodes>> {
  const { id: userId } = ctx.actor.user
  return withRotatedSession(ctx, async (tx) => {
    // The lock makes one set of two that are asked for at once.
    const mine = eq(totpCredentials.userId, userId)
    const [totp] = await tx.select().from(totpCredentials).where(mine).for('update')
    if (!totp?.confirmedAt) throw new AppError('totp/off')
    await recordSecondFactorChange(ctx, tx, 'recovery-codes.replaced')
    return { codes: await replaceRecoveryCodes(ctx, tx) }
  })
}
