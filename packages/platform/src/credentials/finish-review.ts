import type { Accepted } from '@galley/contract/platform/users'
import { users } from '@galley/db/schema'
import { and, eq, isNotNull } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import { transact, type SessionCtx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import { holdSession } from '../sessions/own-session.ts'

/**
 * The person has looked through the passkeys and connected accounts from before a reset and keeps those that are left.
 * Needs a sign-in by the new password: one of them may belong to the person whom the reset was against. Repeating it
 * changes nothing.
 */
export async function finishReview(ctx: SessionCtx): Promise<Accepted> {
  const { user } = ctx.actor
  await transact(ctx, async (tx) => {
    const session = await holdSession(ctx, tx)
    if (session.method !== 'password') throw new AppError('session/password-required')
    const reviewed = await tx
      .update(users)
      .set({ reviewSince: null })
      .where(and(eq(users.id, user.id), isNotNull(users.reviewSince)))
      .returning({ id: users.id })
    if (reviewed.length === 0) return
    await recordAudit(ctx, tx, {
      action: 'user.credentials-reviewed',
      target: { type: 'user', id: user.id },
      subjectId: user.id,
    })
  })
  return { accepted: true }
}
