import type { VerifyEmail } from '@galley/contract/platform/credentials'
import type { Accepted, ByEmail, VerifiedEmail } from '@galley/contract/platform/users'
import { transact, type Ctx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import type { Kept } from '../grant.ts'
import { findPasswordHash } from '../sessions/queries.ts'
import { activateUser } from './activate.ts'
import { linkFailure, requestEmailLink } from './email-links.ts'
import { lockAddress } from './lock-address.ts'
import { findUserById, type UserRow } from './queries.ts'
import { isOwnSignUp } from './sign-up.ts'

/**
 * The link of the first mail. It proves the address; whose sign-up is confirmed, the browser that began it says, or in
 * another one its password: else who reads the mail would confirm what a stranger has chosen. It does not sign in.
 */
export async function verifyEmail(
  ctx: Ctx,
  { token, password }: VerifyEmail,
  kept: Kept<'sign-up'>,
): Promise<VerifiedEmail> {
  const link = await ctx.oneTimeTokens.find(ctx.db, 'verify-email', token)
  const waiting = link?.userId ? await findUserById(ctx.db, link.userId) : null
  if (!waiting) throw await linkFailure(ctx, ctx.db, 'verify-email', token)
  if (!isOwnSignUp(ctx, waiting, kept)) await checkPassword(ctx, waiting, password)
  return transact(ctx, async (tx) => {
    await lockAddress(tx, waiting.email)
    // Another sign-up may have come in between, with a password that nobody here has seen.
    const current = await findUserById(tx, waiting.id)
    if (current?.signUpId !== waiting.signUpId) throw new AppError('link/invalid')
    const used = await ctx.oneTimeTokens.use(tx, 'verify-email', token)
    const user = used && (await activateUser(ctx, tx, waiting.id))
    if (!user) throw await linkFailure(ctx, tx, 'verify-email', token)
    return { email: user.email }
  })
}

async function checkPassword(ctx: Ctx, { id }: UserRow, password: string | undefined) {
  const hash = await findPasswordHash(ctx.db, id)
  if (hash === null) throw new AppError('link/other-browser')
  if (password === undefined) throw new AppError('link/password-required')
  if (!(await ctx.passwords.verify(hash, password))) throw new AppError('password/wrong')
}

/** Sends that mail again, where an account waits for it. */
export function resendVerification(ctx: Ctx, { email }: ByEmail): Promise<Accepted> {
  return requestEmailLink(ctx, 'verify-email', email)
}
