import type { ChangeEmail } from '@galley/contract/platform/credentials'
import type { Accepted } from '@galley/contract/platform/users'
import { recordAudit } from '../audit/record.ts'
import { transact, type SessionCtx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import { enqueueEmail } from '../mail/enqueue-email.ts'
import { holdSession } from '../sessions/own-session.ts'
import { findUserByEmail, findUserById } from './queries.ts'

/**
 * Nothing changes before the link in the mail to the new address is followed. Where the address belongs to somebody, the
 * response and the work are the same, and the mail tells its owner that there is an account.
 */
export async function requestEmailChange(
  ctx: SessionCtx,
  { email }: ChangeEmail,
): Promise<Accepted> {
  const { id: userId } = ctx.actor.user
  await transact(ctx, async (tx) => {
    await holdSession(ctx, tx)
    const owner = await findUserByEmail(tx, email)
    const person = await findUserById(tx, userId)
    if (!person) throw new AppError('session/required')
    await recordAudit(ctx, tx, {
      action: 'user.email-change-requested',
      target: { type: 'user', id: userId },
      subjectId: userId,
      after: { email },
    })
    if (owner?.emailVerifiedAt) {
      await enqueueEmail(ctx, tx, { letter: 'account-exists', userId: owner.id })
    } else {
      const { tokenVersion } = person
      await enqueueEmail(ctx, tx, { letter: 'confirm-email', userId, email, tokenVersion })
    }
  })
  return { accepted: true }
}
