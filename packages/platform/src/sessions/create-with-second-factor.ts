import type { BySecondFactor, SessionView } from '@galley/contract/platform/sessions'
import { users } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { toCurrentUser } from '../current-user.ts'
import { AppError } from '../errors.ts'
import type { Granted, Kept } from '../grant.ts'
import { only } from '../rows.ts'
import { checkSecondFactor } from './check-code.ts'
import { startSession } from './start.ts'

/** How many codes may be tried after one right password (OWASP ASVS 5.0 6.6.3). */
const CODES_PER_SIGN_IN = 5

const FirstFactor = z.object({
  method: z.enum(['password', 'passkey', 'identity']),
  tokenVersion: z.int(),
})

/** The second step of a sign-in, by what the first one granted. That is used up together with the code. */
export async function createSessionWithSecondFactor(
  ctx: Ctx,
  { code }: BySecondFactor,
  kept: Kept<'second-factor' | 'device'>,
): Promise<Granted<SessionView>> {
  const token = kept['second-factor'] ?? ''
  const purpose = 'second-factor'
  const pending = await ctx.oneTimeTokens.attempt(ctx.db, purpose, token, CODES_PER_SIGN_IN)
  if (pending === null || pending.userId === null) return expired()
  await checkSecondFactor(ctx, pending.userId, code, async (tx) => {
    if (!(await ctx.oneTimeTokens.consume(tx, purpose, token))) expired()
  })
  const { method, tokenVersion } = FirstFactor.parse(pending.data)
  const user = only(await ctx.db.select().from(users).where(eq(users.id, pending.userId)))
  const grant = await startSession(ctx, { ...user, tokenVersion }, method, kept)
  return { view: { user: toCurrentUser(user) }, grant: { ...grant, 'second-factor': null } }
}

function expired(): never {
  throw new AppError('session/second-factor-expired')
}
