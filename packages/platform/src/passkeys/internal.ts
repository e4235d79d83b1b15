import type { ByPasskey } from '@galley/contract/platform/passkeys'
import { passkeys } from '@galley/db/schema'
import { and, eq, lt, or } from 'drizzle-orm'
import type { Ctx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import { recordRefusal } from '../sessions/record-refusal.ts'
import type { ProvenUser } from '../sessions/start.ts'
import { findPasskey } from './queries.ts'

/** How long a challenge waits for the browser's response (WebAuthn Level 3, 15.1: 5 minutes with user verification). */
export const CHALLENGE_MINUTES = 5

/** Whose passkey has signed a challenge of ours, which is used up by that. One error for all that can be wrong. */
export async function checkPasskey(
  ctx: Ctx,
  { response }: ByPasskey,
  refusal: Refusal,
): Promise<ProvenUser> {
  const challenge = ctx.passkeys.challengeOf(response)
  const issued = await ctx.oneTimeTokens.consume(ctx.db, 'passkey-sign-in', challenge)
  const found = issued && (await findPasskey(ctx.db, response.id))
  if (!found) throw new AppError('passkey/invalid')
  const used = await ctx.passkeys.verifySignIn(response, challenge, found.passkey)
  if (!used || !(await keepUse(ctx, found.passkey.id, used))) {
    return refusePasskey(ctx, found.user.id, refusal)
  }
  return found.user
}

type Refusal = Parameters<typeof recordRefusal>[2]

export async function refusePasskey(ctx: Ctx, userId: string, refusal: Refusal): Promise<never> {
  await recordRefusal(ctx, userId, refusal)
  throw new AppError('passkey/invalid')
}

/** Counters go up only, also where two responses come at once; many authenticators have none and say 0 (WebAuthn, 6.1.1). */
async function keepUse(ctx: Ctx, id: string, used: { counter: number; backedUp: boolean }) {
  const goesUp = or(
    lt(passkeys.counter, used.counter),
    and(eq(passkeys.counter, 0), eq(passkeys.counter, used.counter)),
  )
  const kept = await ctx.db
    .update(passkeys)
    .set({ ...used, lastUsedAt: ctx.now() })
    .where(and(eq(passkeys.id, id), goesUp))
    .returning({ id: passkeys.id })
  return kept.length > 0
}
