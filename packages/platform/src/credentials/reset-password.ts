import type { ResetPassword } from '@galley/contract/platform/credentials'
import type { Accepted, ByEmail } from '@galley/contract/platform/users'
import type { Tx } from '@galley/db/client'
import { credentials, identities, users } from '@galley/db/schema'
import { and, eq, isNotNull } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import { type Ctx, type SessionCtx, transact } from '../ctx.ts'
import { AppError } from '../errors.ts'
import type { Granted, Kept } from '../grant.ts'
import { refuseWeakPassword } from '../password-rules.ts'
import { holdSession } from '../sessions/own-session.ts'
import { issueDevice } from '../sessions/start.ts'
import { activateUser } from '../users/activate.ts'
import { linkFailure, requestEmailLink } from '../users/email-links.ts'
import { lockAddress } from '../users/lock-address.ts'
import { findUserById } from '../users/queries.ts'
import { afterPasswordChange } from './internal.ts'
import { countCredentials } from './queries.ts'

/** Mails a link for choosing another password, or a first one; the response does not say whether there is an account. */
export function requestPasswordReset(ctx: Ctx, { email }: ByEmail): Promise<Accepted> {
  return requestEmailLink(ctx, 'reset-password', email)
}

/**
 * The link in that mail, once: of several at the same moment one wins. It replaces the password and nothing else: a
 * second factor is still asked for, a suspension stays, nobody is signed in (OWASP Forgot Password Cheat Sheet).
 */
export async function resetPassword(
  ctx: Ctx,
  { token, password }: ResetPassword,
  kept: Kept<'device'>,
): Promise<Granted<Accepted>> {
  const user = await findHolder(ctx, token)
  await refuseWeakPassword(ctx, password, user)
  const passwordHash = await ctx.passwords.hash(password)
  await transact(ctx, async (tx) => {
    // A sign-up that waited would be replaced meanwhile, and its new password with it.
    await lockAddress(tx, user.email)
    const link = await ctx.oneTimeTokens.use(tx, 'reset-password', token)
    if (link?.userId !== user.id) throw await linkFailure(ctx, tx, 'reset-password', token)
    await proveAddress(ctx, tx, user.id)
    await storePassword(ctx, tx, user.id, passwordHash)
    await askForReview(ctx, tx, user.id)
    await afterPasswordChange(ctx, tx, user.id, 'user.password-reset')
  })
  // The person who reads the mail of the account may try the new password at once.
  await ctx.signInThrottle.succeeded({ account: user.email, address: ctx.client.ip })
  return { view: { accepted: true }, grant: { device: issueDevice(ctx, user.id, kept) } }
}

// A weak password leaves the link as it is, and a wrong link costs no hash.
async function findHolder(ctx: Ctx, token: string) {
  const link = await ctx.oneTimeTokens.find(ctx.db, 'reset-password', token)
  const user = link?.userId ? await findUserById(ctx.db, link.userId) : null
  if (!user) throw await linkFailure(ctx, ctx.db, 'reset-password', token)
  return user
}

// The mail was read, so the address is proved as well. What was connected before belongs to the person who signed up with it.
async function proveAddress(ctx: Ctx, tx: Tx, userId: string) {
  const activated = await activateUser(ctx, tx, userId)
  if (activated) await tx.delete(identities).where(eq(identities.userId, userId))
}

// What signs in besides the password stays, as the person may rely on it: whether it is all theirs, only they can say.
async function askForReview(ctx: Ctx, tx: Tx, userId: string) {
  const { passkeys, identities: connected } = await countCredentials(tx, userId)
  if (passkeys + connected === 0) return
  await tx.update(users).set({ reviewSince: ctx.now() }).where(eq(users.id, userId))
}

async function storePassword(ctx: Ctx, tx: Tx, userId: string, passwordHash: string) {
  const change = { passwordHash, updatedAt: ctx.now() }
  await tx
    .insert(credentials)
    .values({ userId, ...change })
    .onConflictDoUpdate({ target: credentials.userId, set: change })
}

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
