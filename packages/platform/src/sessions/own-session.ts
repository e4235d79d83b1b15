import type { Session } from '@galley/auth/sessions'
import type { Tx } from '@galley/db/client'
import { users } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { transact, type Ctx, type SessionCtx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import type { Granted } from '../grant.ts'

/**
 * Locks the person and throws `session/required` where the caller's session was ended since the request came: what is
 * made next would outlive it. First in the transaction of each new passkey, token, connected account or address.
 */
export async function holdSession({ actor, sessions }: SessionCtx, tx: Tx): Promise<Session> {
  const { user, via } = actor
  await tx.select({ id: users.id }).from(users).where(eq(users.id, user.id)).for('update')
  const session = await sessions.find(tx, via.sessionId)
  if (!session) throw new AppError('session/required')
  return session
}

/**
 * Makes a change of the caller's credentials in one transaction with what follows it: the session goes on under a
 * new token (OWASP ASVS 5.0 7.2.4), as old and as fresh as it was, since a change proves nothing. Where the session was
 * ended meanwhile nothing is changed: throws `session/required`.
 */
export async function withRotatedSession<Result>(
  ctx: SessionCtx,
  change: (tx: Tx) => Promise<Result>,
): Promise<Granted<Result>> {
  const { view, rotated } = await transact(ctx, async (tx) => {
    const view = await change(tx)
    const rotated = await ctx.sessions.rotate(tx, ctx.actor.via.sessionId, ctx.client)
    if (!rotated) throw new AppError('session/required')
    return { view, rotated }
  })
  const session = { token: rotated.token, expiresAt: rotated.session.expiresAt }
  return { view, grant: { session } }
}

/** The call as one from this person's own browser, where it is; null otherwise. */
export function asOwnSession(ctx: Ctx, userId: string): SessionCtx | null {
  const { actor } = ctx
  if (actor.kind !== 'user' || actor.user.id !== userId) return null
  const { via } = actor
  return via.kind === 'session' ? { ...ctx, actor: { ...actor, via } } : null
}

/** Ends the session that the request came with. */
export async function endOwnSession({ db, actor, sessions }: Ctx) {
  if (actor.kind === 'user' && actor.via.kind === 'session')
    await sessions.revoke(db, actor.via.sessionId)
}
