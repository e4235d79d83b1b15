import type { Tx } from '@galley/db/client'
import { recoveryCodes, totpCredentials } from '@galley/db/schema'
import { and, eq } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import { type Ctx, transact } from '../ctx.ts'
import { AppError } from '../errors.ts'

/**
 * Takes a code of the person's authenticator, or a recovery code, and uses it up; `alongside` runs in the same
 * transaction, and when it throws the code is as good as before. Guesses are throttled by account over every procedure that
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
  const typed = code.replaceAll(/[\s-]/gu, '')
  const use = /^\d{6}$/.test(typed) ? useStep : useRecoveryCode
  const isRight = await transact(ctx, async (tx) => {
    if (!(await use(ctx, tx, userId, typed))) return false
    await alongside(tx)
    return true
  })
  if (!isRight) {
    await recordRefusal(ctx, userId, 'second-factor.refused')
    throw new AppError('session/wrong-code')
  }
  await ctx.codeThrottle.succeeded(key)
}

/** RFC 6238, 5.2: a step is used once, and none before it afterwards. The lock makes two at the same moment take turns. */
async function useStep(ctx: Ctx, tx: Tx, userId: string, code: string): Promise<boolean> {
  const mine = eq(totpCredentials.userId, userId)
  const [totp] = await tx.select().from(totpCredentials).where(mine).for('update')
  if (!totp?.confirmedAt) return false
  const secret = ctx.secretBox.decrypt(totp.secretEncrypted, `totp:${userId}`)
  const step = ctx.totp.stepOf(secret, code, ctx.now())
  if (step === null || step <= totp.lastUsedStep) return false
  await tx.update(totpCredentials).set({ lastUsedStep: step }).where(mine)
  return true
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

/**
 * Writes down that somebody could not prove that they are this person, in a transaction of its own: what was tried is
 * rolled back. `undefined` is an account that nobody knows.
 */
export function recordRefusal(
  ctx: Ctx,
  userId: string | undefined,
  action: 'session.refused' | 'second-factor.refused' | 'session.step-up-refused',
): Promise<void> {
  return transact(ctx, (tx) =>
    recordAudit(ctx, tx, {
      action,
      target: { type: 'user', id: userId ?? 'unknown' },
      subjectId: userId,
    }),
  )
}
