import type { SessionUser, SignInMethod } from '@galley/auth/sessions'
import { recordAudit } from '../audit/record.ts'
import { transact, type Ctx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import { rememberDevice } from './device.ts'
import { isStillOf } from './queries.ts'

/** Somebody who has proved who they are, as they were before the proof was looked at. */
export type ProvenUser = SessionUser & { tokenVersion: number }

/**
 * A new session in a new cookie; the one that the request came with ends (no session fixation). Throws
 * `session/second-factor-expired` where all access was ended since the person was read, by a new password say: what
 * they proved is no longer true.
 */
export async function startSession(
  ctx: Ctx,
  user: ProvenUser,
  method: SignInMethod,
): Promise<void> {
  await endOwnSession(ctx)
  const { token, session } = await transact(ctx, async (tx) => {
    // Locks the person: what ends all access waits for the session and ends it, or came before and is seen here.
    if (!(await isStillOf(tx, user))) throw new AppError('session/second-factor-expired')
    const created = await ctx.sessions.create(tx, user.id, ctx.client, method)
    await recordAudit(ctx, tx, {
      action: 'session.created',
      target: { type: 'session', id: created.session.id },
      subjectId: user.id,
      after: { method },
    })
    return created
  })
  ctx.cookies.set('session', token, session.expiresAt)
  rememberDevice(ctx, user.id)
}

/** Ends the session that the request came with. */
export async function endOwnSession({ db, actor, sessions }: Ctx) {
  if (actor.kind === 'user' && actor.via.kind === 'session')
    await sessions.revoke(db, actor.via.sessionId)
}

/** Nothing of the person stays in the browser that they signed out of (OWASP ASVS 5.0 14.3.1). */
export function leaveBrowser({ cookies }: Ctx): void {
  for (const name of ['session', 'second-factor', 'identity'] as const) cookies.clear(name)
  cookies.clearSiteData()
}
