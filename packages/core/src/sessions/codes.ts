import type { Tx } from '@galley/db/client'
import { recoveryCodes, totpCredentials } from '@galley/db/schema'
import { and, eq, isNotNull, lt } from 'drizzle-orm'
import { recordAudit } from '../audit/service.ts'
import { transact, type Ctx } from '../ctx.ts'
import { AppError } from '../errors.ts'

/**
 * Takes a code of the person's authenticator, or a recovery code, and uses it up; `alongside` runs in the same
 * transaction, and when it throws the code is as good as before. Guesses are throttled by account over every door that
 * asks for a code. Only somebody who got past the first factor gets here, so no stranger can lock anybody out.
 */
export async function checkSecondFactor(
  ctx: Ctx,
  userId: string,
  code: string,
  alongside: (tx: Tx) => Promise<void> = async () => {},
): Promise<void> {
  const key = { account: `code:${userId}`, address: ctx.client.ip }
  const attempt = await ctx.codeThrottle.attempt(key)
  if (!attempt.allowed) {
    throw new AppError('session/throttled', { retryAfterSeconds: attempt.retryAfterSeconds })
  }
  await transact(ctx, async (tx) => {
    const typed = code.replaceAll(/[\s-]/gu, '')
    const use = /^\d{6}$/.test(typed) ? useStep : useRecoveryCode
    if (!(await use(ctx, tx, userId, typed))) throw new AppError('session/wrong-code')
    await alongside(tx)
  })
  await ctx.codeThrottle.succeeded(key)
}

/** RFC 6238, 5.2: a step is used once, and none before it any more. Of two at the same moment one finds it used. */
async function useStep(ctx: Ctx, tx: Tx, userId: string, code: string): Promise<boolean> {
  const confirmed = and(eq(totpCredentials.userId, userId), isNotNull(totpCredentials.confirmedAt))
  const [totp] = await tx.select().from(totpCredentials).where(confirmed)
  if (!totp) return false
  const stored = totp.secretEncrypted
  const secret = ctx.secretBox.decrypt(stored, `totp:${userId}`)
  const step = ctx.totp.stepOf(secret, code, ctx.now())
  if (step === null) return false
  const secretEncrypted = ctx.secretBox.isOutdated(stored)
    ? ctx.secretBox.encrypt(secret, `totp:${userId}`)
    : stored
  const used = await tx
    .update(totpCredentials)
    .set({ lastUsedStep: step, secretEncrypted })
    .where(
      and(
        confirmed,
        eq(totpCredentials.secretEncrypted, stored),
        lt(totpCredentials.lastUsedStep, step),
      ),
    )
    .returning({ userId: totpCredentials.userId })
  return used.length === 1
}

async function useRecoveryCode(ctx: Ctx, tx: Tx, userId: string, code: string): Promise<boolean> {
  const codeHash = ctx.recoveryCodes.hash(userId, code)
  const used = await tx
    .delete(recoveryCodes)
    .where(and(eq(recoveryCodes.userId, userId), eq(recoveryCodes.codeHash, codeHash)))
    .returning({ id: recoveryCodes.id })
  if (used.length === 0) return false
  await recordAudit(ctx, tx, {
    action: 'recovery-code.used',
    target: { type: 'user', id: userId },
    subjectId: userId,
  })
  return true
}
