import type { Tx } from '@galley/db/client'
import { recordAudit } from '../audit/record.ts'
import { asOwnSession, revokeAccess, revokeLinks } from '../sessions/service.ts'
import type { Ctx } from '../ctx.ts'
import { emit } from '../events/emit.ts'

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
