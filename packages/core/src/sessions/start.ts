import type { SignInMethod } from '@galley/auth/sessions'
import { recordAudit } from '../audit/service.ts'
import { transact, type Ctx } from '../ctx.ts'
import { rememberDevice } from './device.ts'

/** A new session in a new cookie; the one that the request came with ends (no session fixation). */
export async function startSession(ctx: Ctx, userId: string, method: SignInMethod): Promise<void> {
  await endOwnSession(ctx)
  const { token, session } = await ctx.sessions.create(userId, ctx.client, method)
  await transact(ctx, (tx) =>
    recordAudit(ctx, tx, {
      action: 'session.created',
      target: { type: 'session', id: session.id },
      subjectId: userId,
      after: { method },
    }),
  )
  ctx.cookies.set('session', token, session.expiresAt)
  rememberDevice(ctx, userId)
}

/** Ends the session that the request came with. */
export async function endOwnSession({ actor, sessions }: Ctx) {
  if (actor.kind === 'user' && actor.via.kind === 'session')
    await sessions.revoke(actor.via.sessionId)
}
