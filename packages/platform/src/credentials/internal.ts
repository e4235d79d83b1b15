import type { AuditAction } from '@galley/contract/audit-actions'
import type { Tx } from '@galley/db/client'
import { recoveryCodes } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import type { Ctx, SessionCtx } from '../ctx.ts'
import { emit } from '../events/emit.ts'
import { asOwnSession } from '../sessions/own-session.ts'
import { revokeAccess, revokeLinks } from '../sessions/revoke-access.ts'

/**
 * What goes with every new password, in its transaction: links that were mailed, all sessions but the one it is changed
 * from, refresh tokens and personal tokens end (OWASP ASVS 5.0 7.4.3); the person gets a mail, by the reaction to `user.password-changed`.
 */
export async function afterPasswordChange(
  ctx: Ctx,
  tx: Tx,
  userId: string,
  action: 'user.password-changed' | 'user.password-set' | 'user.password-reset',
): Promise<void> {
  const isReset = action === 'user.password-reset'
  const except = isReset ? undefined : asOwnSession(ctx, userId)?.actor.via.sessionId
  await revokeLinks(ctx, tx, userId)
  await revokeAccess(ctx, tx, userId, { except, personalTokens: true })
  await recordAudit(ctx, tx, { action, target: { type: 'user', id: userId }, subjectId: userId })
  await emit(ctx, tx, 'user.password-changed', { userId })
}

export async function replaceRecoveryCodes(ctx: SessionCtx, tx: Tx): Promise<string[]> {
  const { id: userId } = ctx.actor.user
  const codes = ctx.recoveryCodes.create()
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId))
  await tx
    .insert(recoveryCodes)
    .values(codes.map((code) => ({ userId, codeHash: ctx.recoveryCodes.hash(userId, code) })))
  return codes
}

/** All other sessions end: they may have begun with what is changed now. */
export async function recordSecondFactorChange(ctx: SessionCtx, tx: Tx, action: AuditAction) {
  const { user, via } = ctx.actor
  await revokeAccess(ctx, tx, user.id, { except: via.sessionId })
  await recordAudit(ctx, tx, {
    action,
    target: { type: 'user', id: user.id },
    subjectId: user.id,
  })
}
