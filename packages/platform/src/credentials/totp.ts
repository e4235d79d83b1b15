import type { ConfirmTotp, RecoveryCodes, TotpSecret } from '@galley/contract/platform/credentials'
import type { Accepted } from '@galley/contract/platform/users'
import { recoveryCodes, totpCredentials, users } from '@galley/db/schema'
import { eq, isNull } from 'drizzle-orm'
import type { SessionCtx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import { emit } from '../events/emit.ts'
import type { Granted } from '../grant.ts'
import { withRotatedSession } from '../sessions/own-session.ts'
import { recordSecondFactorChange, replaceRecoveryCodes } from './internal.ts'

/** A secret for an authenticator. Nothing asks for its codes before one was confirmed; asking again makes another. */
export async function startTotp(ctx: SessionCtx): Promise<TotpSecret> {
  const { id: userId, email } = ctx.actor.user
  const totp = ctx.totp.create(email)
  const secretEncrypted = ctx.secretBox.encrypt(totp.secret, `totp:${userId}`)
  const fresh = { secretEncrypted, lastUsedStep: 0, createdAt: ctx.now() }
  const started = await ctx.db
    .insert(totpCredentials)
    .values({ userId, ...fresh })
    .onConflictDoUpdate({
      target: totpCredentials.userId,
      set: fresh,
      setWhere: isNull(totpCredentials.confirmedAt),
    })
    .returning({ userId: totpCredentials.userId })
  if (started.length === 0) throw new AppError('totp/already-on')
  return totp
}

/** Switches the second factor on with the first right code, which is thereby used. */
export async function confirmTotp(
  ctx: SessionCtx,
  { code }: ConfirmTotp,
): Promise<Granted<RecoveryCodes>> {
  const { id: userId } = ctx.actor.user
  return withRotatedSession(ctx, async (tx) => {
    const mine = eq(totpCredentials.userId, userId)
    const [totp] = await tx.select().from(totpCredentials).where(mine).for('update')
    if (!totp) throw new AppError('totp/not-started')
    if (totp.confirmedAt) throw new AppError('totp/already-on')
    const secret = ctx.secretBox.decrypt(totp.secretEncrypted, `totp:${userId}`)
    const lastUsedStep = ctx.totp.stepOf(secret, code.replaceAll(/[\s-]/gu, ''), ctx.now())
    if (lastUsedStep === null) throw new AppError('totp/wrong-code')
    await tx.update(totpCredentials).set({ confirmedAt: ctx.now(), lastUsedStep }).where(mine)
    await tx
      .update(users)
      .set({ secondFactorDueAt: null, secondFactorResetAt: null })
      .where(eq(users.id, userId))
    await recordSecondFactorChange(ctx, tx, 'second-factor.turned-on')
    await emit(ctx, tx, 'user.second-factor-changed', { userId, on: true })
    return { codes: await replaceRecoveryCodes(ctx, tx) }
  })
}

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
