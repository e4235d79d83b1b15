import type { SessionCtx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import { findPasswordHash } from './queries.ts'
import { recordRefusal } from './refused.ts'

/**
 * Asks a signed-in person for their password once more; answers the hash that it belongs to. Throttled like sign-in, but
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
