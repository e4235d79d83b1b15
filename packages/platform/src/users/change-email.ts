import type { ChangeEmail } from '@galley/contract/platform/credentials'
import {
  type Accepted,
  type ByLinkToken,
  Email,
  type VerifiedEmail,
} from '@galley/contract/platform/users'
import type { Tx } from '@galley/db/client'
import { isUniqueViolation } from '@galley/db/errors'
import { users } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { recordAudit } from '../audit/record.ts'
import { type SessionCtx, transact } from '../ctx.ts'
import { AppError } from '../errors.ts'
import { emit } from '../events/emit.ts'
import type { Granted } from '../grant.ts'
import { enqueueEmail } from '../mail/enqueue-email.ts'
import { holdSession, withRotatedSession } from '../sessions/own-session.ts'
import { revokeAccess, revokeLinks } from '../sessions/revoke-access.ts'
import { linkFailure } from './email-links.ts'
import { deleteUnverified } from './internal/unverified.ts'
import { lockAddress } from './lock-address.ts'
import { findUserByEmail, findUserById, type UserRow } from './queries.ts'

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

/** What the link carries. A later change of password, role or second factor leaves it without effect, even one not yet mailed. */
const EmailChangeRequest = z.object({ email: Email, tokenVersion: z.int() })

/**
 * The link in that mail, for the account alone that asked for it: whose mail it is must not confirm what a stranger
 * wants. The address before gets a mail (the reaction to `user.email-changed`), and all other sessions sign in
 * again. Throws `link/other-account`.
 */
export async function confirmEmailChange(
  ctx: SessionCtx,
  { token }: ByLinkToken,
): Promise<Granted<VerifiedEmail>> {
  const { id: userId } = ctx.actor.user
  const found = await ctx.oneTimeTokens.find(ctx.db, 'confirm-email', token)
  if (!found?.userId) throw await linkFailure(ctx, ctx.db, 'confirm-email', token)
  if (found.userId !== userId) throw new AppError('link/other-account')
  const { email, tokenVersion } = EmailChangeRequest.parse(found.data)
  return withRotatedSession(ctx, async (tx) => {
    const used = await ctx.oneTimeTokens.use(tx, 'confirm-email', token)
    if (!used) throw await linkFailure(ctx, tx, 'confirm-email', token)
    await lockAddress(tx, email)
    const before = await findUserById(tx, userId)
    if (before?.status !== 'active' || before.tokenVersion !== tokenVersion) {
      throw new AppError('link/invalid')
    }
    await deleteUnverified(tx, eq(users.email, email))
    await changeEmail(ctx, tx, before, email)
    return { email }
  })
}

async function changeEmail(
  ctx: SessionCtx,
  tx: Tx,
  { id: userId, email: from }: UserRow,
  to: string,
) {
  const now = ctx.now()
  await tx
    .update(users)
    .set({ email: to, emailVerifiedAt: now, updatedAt: now })
    .where(eq(users.id, userId))
    .catch(throwTaken)
  await revokeLinks(ctx, tx, userId)
  await revokeAccess(ctx, tx, userId, { except: ctx.actor.via.sessionId })
  await recordAudit(ctx, tx, {
    action: 'user.email-changed',
    target: { type: 'user', id: userId },
    subjectId: userId,
    before: { email: from },
    after: { email: to },
  })
  await emit(ctx, tx, 'user.email-changed', { userId, from, to })
}

// Somebody was faster: the link is no longer of use to anybody.
function throwTaken(error: unknown): never {
  throw isUniqueViolation(error, 'users_email_key') ? new AppError('link/invalid') : error
}
