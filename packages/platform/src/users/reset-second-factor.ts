import type { ManagedUser, UserById } from '@galley/contract/platform/users'
import type { Tx } from '@galley/db/client'
import { recoveryCodes, totpCredentials, users } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import type { SessionCtx } from '../ctx.ts'
import { AppError, authorize } from '../errors.ts'
import { enqueueEmail } from '../mail/enqueue-email.ts'
import { revokeAccess } from '../sessions/revoke-access.ts'
import { manage } from './internal/manage.ts'
import { canResetSecondFactor } from './policy.ts'

/**
 * Takes a lost second factor away, for admins: signed out everywhere, the person can only read until they have set up
 * another one. They get a mail.
 */
export function resetSecondFactor(ctx: SessionCtx, { id }: UserById): Promise<ManagedUser> {
  return manage(ctx, id, async (tx, manager, person) => {
    authorize(canResetSecondFactor(manager.actor, person))
    if (!(await deleteSecondFactor(tx, id, ctx.now()))) throw new AppError('totp/off')
    await revokeAccess(ctx, tx, id, { personalTokens: true })
    const target = { type: 'user', id }
    await recordAudit(ctx, tx, { action: 'second-factor.reset', target, subjectId: id })
    await enqueueEmail(ctx, tx, { letter: 'second-factor-reset', userId: id })
  })
}

/** Takes the second factor away and asks for another one; false where none was on. */
async function deleteSecondFactor(tx: Tx, userId: string, now: Date): Promise<boolean> {
  const [totp] = await tx
    .delete(totpCredentials)
    .where(eq(totpCredentials.userId, userId))
    .returning()
  if (!totp?.confirmedAt) return false
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId))
  await tx.update(users).set({ secondFactorResetAt: now }).where(eq(users.id, userId))
  return true
}
