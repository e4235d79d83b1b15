import type { Accepted, ByEmail, ByLinkToken, VerifiedEmail } from '@galley/contract/users'
import { transact, type Ctx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import { mailLink } from './mailed-links.ts'
import { activateUser } from './activate.ts'

/** The link of the first mail. It opens the account and does not sign in: who reads the mail need not know the password. */
export function verifyEmail(ctx: Ctx, { token }: ByLinkToken): Promise<VerifiedEmail> {
  return transact(ctx, async (tx) => {
    const link = await ctx.oneTimeTokens.consume(tx, 'verify-email', token)
    const user = link?.userId ? await activateUser(ctx, tx, link.userId) : null
    if (!user) throw new AppError('link/invalid')
    return { email: user.email }
  })
}

/** Sends that mail again, where an account waits for it. */
export function resendVerification(ctx: Ctx, { email }: ByEmail): Promise<Accepted> {
  return mailLink(ctx, 'verify-email', email)
}
