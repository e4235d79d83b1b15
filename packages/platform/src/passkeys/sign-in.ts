import type { ByPasskey, PasskeyOptions } from '@galley/contract/platform/passkeys'
import type { SessionView } from '@galley/contract/platform/sessions'
import type { Ctx } from '../ctx.ts'
import { toCurrentUser } from '../current-user.ts'
import type { Granted, Kept } from '../grant.ts'
import { startSession } from '../sessions/start.ts'
import { CHALLENGE_MINUTES, checkPasskey } from './internal.ts'

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
  return { view: { user: toCurrentUser(user) }, grant }
}
