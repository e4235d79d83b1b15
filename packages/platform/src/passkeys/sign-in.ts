import type { ByPasskey, PasskeyOptions } from '@galley/contract/platform/passkeys'
import type { SessionView, StepUpView } from '@galley/contract/platform/sessions'
import { passkeys } from '@galley/db/schema'
import { and, eq, lt, or } from 'drizzle-orm'
import { toCurrentUser } from '../actor.ts'
import type { Ctx, SessionCtx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import type { Granted, Kept } from '../grant.ts'
import { recordRefusal } from '../sessions/check-code.ts'
import { type ProvenUser, startSession } from '../sessions/start.ts'
import { confirmSession } from '../sessions/step-up.ts'
import { findPasskey } from './queries.ts'

/** What the browser needs to offer the passkeys that it has for this site: nobody says who they are before. */
export async function startPasskeySignIn(ctx: Ctx): Promise<PasskeyOptions> {
  const challenge = await ctx.oneTimeTokens.issue(ctx.db, {
    purpose: 'passkey-sign-in',
    minutes: CHALLENGE_MINUTES,
  })
  return { options: { ...(await ctx.passkeys.signInOptions(challenge)) } }
}

/**
 * Sign-in by a passkey. The device has asked for a finger, a face or a PIN: that is two factors at once, so no code
 * is asked for (NIST SP 800-63B, 3.2.4; AU11).
 */
export async function createSessionByPasskey(
  ctx: Ctx,
  input: ByPasskey,
  kept: Kept<'device'>,
): Promise<Granted<SessionView>> {
  const user = await checkPasskey(ctx, input, 'session.refused')
  const grant = await startSession(ctx, user, 'passkey', kept)
  return { view: { user: toCurrentUser(user, ctx.now()) }, grant }
}

/** Step-up by one of the caller's own passkeys. */
export async function stepUpByPasskey(ctx: SessionCtx, input: ByPasskey): Promise<StepUpView> {
  const own = ctx.actor.user.id
  const { id } = await checkPasskey(ctx, input, 'session.step-up-refused')
  if (id !== own) return refusePasskey(ctx, own, 'session.step-up-refused')
  return confirmSession(ctx)
}

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
