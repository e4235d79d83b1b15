import type { Revoked, SessionById, SessionView } from '@galley/contract/platform/sessions'
import { tokenFamilies } from '@galley/db/schema'
import { and, eq, isNull } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import { type Ctx, type SessionCtx, transact } from '../ctx.ts'
import { AppError } from '../errors.ts'
import type { Grant, Granted } from '../grant.ts'
import { endOwnSession } from './own-session.ts'

/** Ends one of the caller's own sessions; somebody else's is `session/not-found` like one that does not exist. */
export async function revokeSession(
  ctx: SessionCtx,
  { id }: SessionById,
): Promise<Granted<Revoked>> {
  const { user, via } = ctx.actor
  await transact(ctx, async (tx) => {
    const isEnded = await ctx.sessions.revoke(tx, id, { userId: user.id })
    if (!isEnded) throw new AppError('session/not-found')
    await recordAudit(ctx, tx, {
      action: 'session.revoked',
      target: { type: 'session', id },
      subjectId: user.id,
    })
  })
  return { view: { count: 1 }, grant: id === via.sessionId ? signedOut : {} }
}

/** Leaves the caller signed in here only: other sessions end, and what API clients got with the password. Counts sessions. */
export function revokeOtherSessions(ctx: SessionCtx): Promise<Revoked> {
  const { user, via } = ctx.actor
  return transact(ctx, async (tx) => {
    const count = await ctx.sessions.revokeAll(tx, user.id, { except: via.sessionId })
    await tx
      .update(tokenFamilies)
      .set({ revokedAt: ctx.now() })
      .where(and(eq(tokenFamilies.userId, user.id), isNull(tokenFamilies.revokedAt)))
    await recordAudit(ctx, tx, {
      action: 'session.others-revoked',
      target: { type: 'user', id: user.id },
      subjectId: user.id,
      after: { count },
    })
    return { count }
  })
}

/** Sign-out. Repeating it changes nothing. */
export async function deleteSession(ctx: Ctx): Promise<Granted<SessionView>> {
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
  return { view: { user: null }, grant: signedOut }
}

/** Nothing of the person stays in the browser that they signed out of (OWASP ASVS 5.0 14.3.1). */
export const signedOut: Grant = { session: null, 'second-factor': null, identity: null }
