import type { CreateSession, SessionView } from '@galley/contract/sessions'
import type { SessionUser } from '@galley/auth/sessions'
import type { CurrentUser } from '@galley/contract/users'
import { mayWrite } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import { findCredentialByEmail } from './queries.ts'

/** Who the caller is. */
export async function getSession(ctx: Ctx): Promise<SessionView> {
  return { user: ctx.actor.kind === 'user' ? toCurrentUser(ctx.actor.user) : null }
}

/**
 * Sign-in. One answer, and the same work, for a wrong password and an unknown address (OWASP ASVS 5.0 6.3.8);
 * an attempt counts before the password is checked, so guesses side by side count too.
 */
export async function createSession(ctx: Ctx, input: CreateSession): Promise<SessionView> {
  const key = { account: input.email, address: ctx.client.ip }
  const attempt = await ctx.signInThrottle.attempt(key)
  if (!attempt.allowed) {
    throw new AppError('session/throttled', { retryAfterSeconds: attempt.retryAfterSeconds })
  }
  const credential = await findCredentialByEmail(ctx.db, input.email)
  const matches = await ctx.passwords.verify(credential?.passwordHash ?? null, input.password)
  if (!credential || !matches) throw new AppError('session/wrong-credentials')
  await ctx.signInThrottle.succeeded(key)
  await startSession(ctx, credential.user.id)
  return { user: toCurrentUser(credential.user) }
}

/** Sign-out. Repeating it changes nothing. */
export async function deleteSession(ctx: Ctx): Promise<SessionView> {
  if (ctx.actor.kind === 'user') await ctx.sessions.revoke(ctx.actor.sessionId)
  ctx.sessionCookie.clear()
  return { user: null }
}

/** A new session in a new cookie; the one that the request came with ends (no session fixation). */
export async function startSession(ctx: Ctx, userId: string): Promise<void> {
  if (ctx.actor.kind === 'user') await ctx.sessions.revoke(ctx.actor.sessionId)
  const { token, session } = await ctx.sessions.create(userId, ctx.client)
  ctx.sessionCookie.set(token, session.expiresAt)
}

/** Field by field: what else a row may hold does not leave. */
export const toCurrentUser = (user: SessionUser): CurrentUser => ({
  id: user.id,
  email: user.email,
  username: user.username,
  displayName: user.displayName,
  bio: user.bio,
  role: user.role,
  status: user.status,
  can: { write: mayWrite(user) },
})
