import type { CreateSession, SessionView, SignInView } from '@galley/contract/platform/sessions'
import type { SignInMethod } from '@galley/auth/sessions'
import { credentials } from '@galley/db/schema'
import { and, eq } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import { transact, type Ctx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import { findDevice } from './device.ts'
import { findCredentialByEmail, hasSecondFactor } from './queries.ts'
import { recordRefusal } from './refused.ts'
import { endOwnSession, leaveBrowser, startSession, type ProvenUser } from './start.ts'
import { toCurrentUser } from './view.ts'

export { checkSecondFactor } from './codes.ts'
export { confirmPassword } from './confirm-password.ts'
export { rememberDevice } from './device.ts'
export { listDevices, revokeOtherSessions, revokeSession } from './devices.ts'
export { isFresh } from '../fresh.ts'
export { confirmSession } from './fresh.ts'
export { holdSession } from './hold.ts'
export { recordRefusal } from './refused.ts'
export { revokeAccess, revokeLinks } from './revoke-access.ts'
export { asOwnSession, withRotatedSession } from './rotate.ts'
export { createSessionWithSecondFactor, stepUp } from './second-factor.ts'
export { startSession, type ProvenUser } from './start.ts'
export { toCurrentUser } from './view.ts'

/** Between the password and the second factor. */
const SECOND_FACTOR_MINUTES = 10

/** Who the caller is. */
export async function getSession(ctx: Ctx): Promise<SessionView> {
  return { user: ctx.actor.kind === 'user' ? toCurrentUser(ctx.actor.user) : null }
}

/**
 * Sign-in. One answer, and the same work, for a wrong password and an unknown address (OWASP ASVS 5.0 6.3.8);
 * an attempt counts before the password is checked, so guesses side by side count too.
 */
export async function createSession(ctx: Ctx, input: CreateSession): Promise<SignInView> {
  const user = await checkPassword(ctx, input)
  return signIn(ctx, user, 'password')
}

/** The person whom this address and password belong to; throttled, and the stored hash brought up to date. */
export async function checkPassword(ctx: Ctx, input: CreateSession): Promise<ProvenUser> {
  const credential = await findCredentialByEmail(ctx.db, input.email)
  const device = credential ? findDevice(ctx, credential.user.id) : undefined
  const key = { account: input.email, address: ctx.client.ip, device }
  const attempt = await ctx.signInThrottle.attempt(key)
  if (!attempt.allowed) {
    throw new AppError('session/throttled', { retryAfterSeconds: attempt.retryAfterSeconds })
  }
  const matches = await ctx.passwords.verify(credential?.passwordHash ?? null, input.password)
  if (!credential || !matches) return refuse(ctx, credential?.user.id)
  await ctx.signInThrottle.succeeded(key)
  if (!credential.user.emailVerifiedAt) throw new AppError('session/email-unverified')
  if (ctx.passwords.needsRehash(credential.passwordHash)) {
    await rehash(ctx, credential.user.id, { stored: credential.passwordHash, ...input })
  }
  return credential.user
}

// Written down for unknown addresses too: the same work, and guesses at many addresses show.
async function refuse(ctx: Ctx, userId: string | undefined): Promise<never> {
  await recordRefusal(ctx, userId, 'session.refused')
  throw new AppError('session/wrong-credentials')
}

// Only over the hash that was verified: the password may have been changed meanwhile.
async function rehash(
  ctx: Ctx,
  userId: string,
  { stored, password }: { stored: string; password: string },
) {
  const passwordHash = await ctx.passwords.hash(password)
  await ctx.db
    .update(credentials)
    .set({ passwordHash, updatedAt: ctx.now() })
    .where(and(eq(credentials.userId, userId), eq(credentials.passwordHash, stored)))
}

/**
 * What follows a right first factor, whichever it was: a session, or where the account has a second factor a cookie
 * that is good for asking for it.
 */
export async function signIn(
  ctx: Ctx,
  user: ProvenUser,
  method: SignInMethod,
): Promise<SignInView> {
  if (await hasSecondFactor(ctx.db, user.id)) {
    const token = await ctx.oneTimeTokens.issue(ctx.db, {
      purpose: 'second-factor',
      userId: user.id,
      data: { method, tokenVersion: user.tokenVersion },
      minutes: SECOND_FACTOR_MINUTES,
    })
    const expiresAt = new Date(ctx.now().getTime() + SECOND_FACTOR_MINUTES * 60_000)
    ctx.cookies.set('second-factor', token, expiresAt)
    return { user: null, secondFactor: true }
  }
  await startSession(ctx, user, method)
  return { user: toCurrentUser(user), secondFactor: false }
}

/** Sign-out. Repeating it changes nothing. */
export async function deleteSession(ctx: Ctx): Promise<SessionView> {
  const { actor } = ctx
  if (actor.kind === 'user') {
    await endOwnSession(ctx)
    await transact(ctx, (tx) =>
      recordAudit(ctx, tx, {
        action: 'session.deleted',
        target: { type: 'user', id: actor.user.id },
        subjectId: actor.user.id,
      }),
    )
  }
  leaveBrowser(ctx)
  return { user: null }
}
