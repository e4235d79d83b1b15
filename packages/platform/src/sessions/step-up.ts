import type { StepUp, StepUpView } from '@galley/contract/platform/sessions'
import { RECENT_AUTH_MINUTES } from '../actor.ts'
import type { SessionCtx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import { checkSecondFactor, recordRefusal } from './check-code.ts'
import { findPasswordHash, hasSecondFactor } from './queries.ts'

/** Where a second factor is on, the password alone proves nothing. */
export async function stepUp(ctx: SessionCtx, input: StepUp): Promise<StepUpView> {
  const { id } = ctx.actor.user
  const hasCodes = await hasSecondFactor(ctx.db, id)
  if ('code' in input) {
    if (!hasCodes) throw new AppError('totp/off')
    await checkSecondFactor(ctx, id, input.code)
  } else {
    if (hasCodes) throw new AppError('session/code-required')
    await confirmPassword(ctx, input.password)
  }
  return confirmSession(ctx)
}

/** The person has just proved again who they are: sensitive actions are allowed for a while. */
export async function confirmSession(ctx: SessionCtx): Promise<StepUpView> {
  const confirmedAt = await ctx.sessions.confirm(ctx.db, ctx.actor.via.sessionId)
  return { until: new Date(confirmedAt.getTime() + RECENT_AUTH_MINUTES * 60_000).toISOString() }
}

/**
 * Asks a signed-in person for their password once more; returns the hash that it belongs to. Throttled like sign-in, but
 * by a counter of its own: strangers who guess at the account do not keep its owner from this (OWASP ASVS 5.0 6.3.1).
 * Throws `password/wrong` and `password/not-set`.
 */
export async function confirmPassword(ctx: SessionCtx, password: string): Promise<string> {
  const { id } = ctx.actor.user
  const key = { account: `step-up:${id}`, address: ctx.client.ip }
  const attempt = await ctx.signInThrottle.attempt(key)
  if (!attempt.allowed) {
    throw new AppError('session/throttled', { retryAfterSeconds: attempt.retryAfterSeconds })
  }
  const stored = await findPasswordHash(ctx.db, id)
  if (stored === null) throw new AppError('password/not-set')
  if (!(await ctx.passwords.verify(stored, password))) {
    await recordRefusal(ctx, id, 'session.step-up-refused')
    throw new AppError('password/wrong')
  }
  await ctx.signInThrottle.succeeded(key)
  return stored
}
