import { errorReasons } from '@galley/contract/errors'
import type { Ctx } from './ctx.ts'
import { AppError } from './errors.ts'

/**
 * Throws `password/too-common` for one that is tried first or made of words that anybody can guess here (NIST SP
 * 800-63B, 3.1.1.2), `password/breached` for one that is known from a data breach.
 */
export async function refuseWeakPassword(
  ctx: Ctx,
  password: string,
  { email, username }: { email: string; username: string },
): Promise<void> {
  const { name, origin } = ctx.site
  const verdict = await ctx.passwordRules.check(password, [
    name,
    new URL(origin).hostname,
    email,
    username,
  ])
  if (verdict === 'ok') return
  const reason = `password/${verdict}` as const
  throw new AppError(reason, {
    fields: [{ path: 'password', message: errorReasons[reason].message }],
  })
}
