import type { Revoked, SessionById } from '@galley/contract/platform/sessions'
import { tokenFamilies } from '@galley/db/schema'
import { and, eq, isNull } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import { transact, type SessionCtx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import type { Granted } from '../grant.ts'
import { signedOut } from './delete.ts'

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
