import type { SignInMethod } from '@galley/auth/sessions'
import type { Ctx } from '../ctx.ts'

/** A new session in a new cookie; the one that the request came with ends (no session fixation). */
export async function startSession(ctx: Ctx, userId: string, method: SignInMethod): Promise<void> {
  await endOwnSession(ctx)
  const { token, session } = await ctx.sessions.create(userId, ctx.client, method)
  ctx.cookies.set('session', token, session.expiresAt)
}

/** Ends the session that the request came with. */
export async function endOwnSession({ actor, sessions }: Ctx) {
  if (actor.kind === 'user' && actor.via.kind === 'session')
    await sessions.revoke(actor.via.sessionId)
}
