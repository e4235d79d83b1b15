import type { IdentityProvider } from '@galley/auth/identity-providers'
import type { ProviderRedirect, StartIdentity } from '@galley/contract/platform/identities'
import { safeNext } from '@galley/contract/platform/safe-next'
import type { Ctx } from '../ctx.ts'
import { AppError, authorize } from '../errors.ts'
import type { Granted, Kept } from '../grant.ts'
import { canAct, hasRecentAuth } from '../actor.ts'
import { hasSecondFactor } from '../sessions/queries.ts'
import { keepAttempt } from './internal/attempt.ts'
import { getProvider } from './queries.ts'

/**
 * Begins a sign-in at a provider, connects one to the caller's account, which needs a recent sign-in (OWASP ASVS
 * 5.0 V7.5), or confirms the session by another sign-in there. The browser goes where the response says, and comes back to the
 * callback.
 */
export async function startIdentity(
  ctx: Ctx,
  input: StartIdentity,
  kept: Kept<'identity'>,
): Promise<Granted<ProviderRedirect>> {
  const provider = getProvider(ctx, input.provider)
  const owner = await ownerOf(ctx, input.intent, provider)
  const callback = `${ctx.site.origin}/auth/${provider.name}/callback`
  const { url, attempt } = await provider.begin(callback, {
    reauthenticate: input.intent === 'step-up',
  })
  const { intent } = input
  const begun = { provider: provider.name, intent, next: safeNext(input.next), ...owner }
  const grant = await keepAttempt(ctx, { ...begun, atProvider: attempt }, kept)
  return { view: { url }, grant }
}

async function ownerOf(
  ctx: Ctx,
  intent: StartIdentity['intent'],
  { canReauthenticate }: IdentityProvider,
) {
  if (intent === 'sign-in') return { userId: null, sessionId: null }
  const { actor } = ctx
  if (actor.kind !== 'user') throw new AppError('session/required')
  const { user, via } = actor
  if (via.kind !== 'session') throw new AppError('token/not-allowed')
  if (intent === 'link') {
    authorize(canAct(actor))
    authorize(hasRecentAuth(ctx, via))
  } else {
    if (!canReauthenticate) throw new AppError('identity/step-up-refused')
    if (await hasSecondFactor(ctx.db, user.id)) throw new AppError('session/code-required')
  }
  return { userId: user.id, sessionId: via.sessionId }
}
