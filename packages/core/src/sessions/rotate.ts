import { sessions } from '@galley/db/schema'
import { and, eq } from 'drizzle-orm'
import type { Ctx, SessionCtx } from '../ctx.ts'
import { AppError } from '../errors.ts'

/**
 * A new session in a new cookie in place of the one that the request came with, as of a sign-in now: what follows each
 * change of password, e-mail address or second factor (OWASP ASVS 5.0 7.2.4), after its transaction. A session that was
 * ended meanwhile is not brought back: throws `session/required`.
 */
export async function rotateSession(ctx: SessionCtx): Promise<void> {
  const { user, via } = ctx.actor
  const [old] = await ctx.db
    .delete(sessions)
    .where(and(eq(sessions.id, via.sessionId), eq(sessions.userId, user.id)))
    .returning({ method: sessions.method })
  if (!old) {
    ctx.cookies.clear('session')
    throw new AppError('session/required')
  }
  const { token, session } = await ctx.sessions.create(user.id, ctx.client, old.method)
  ctx.cookies.set('session', token, session.expiresAt)
}

/** The call as one from this person's own browser, where it is; null otherwise. */
export function asOwnSession(ctx: Ctx, userId: string): SessionCtx | null {
  const { actor } = ctx
  if (actor.kind !== 'user' || actor.user.id !== userId) return null
  const { via } = actor
  return via.kind === 'session' ? { ...ctx, actor: { ...actor, via } } : null
}
