import type { ProviderRedirect, StartIdentity } from '@galley/contract/identities'
import { safeNext } from '@galley/contract/safe-next'
import { isActive } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { AppError, authorize } from '../errors.ts'
import { isFresh } from '../fresh.ts'
import { keepAttempt } from './attempt.ts'
import { getProvider } from './providers.ts'

/**
 * Begins a sign-in at a provider, or connects one to the caller's account; the latter needs a session that is fresh
 * (OWASP ASVS 5.0 V7.5). The browser goes where the answer says, and comes back to the callback.
 */
export async function startIdentity(ctx: Ctx, input: StartIdentity): Promise<ProviderRedirect> {
  const provider = getProvider(ctx, input.provider)
  const owner = input.intent === 'link' ? getOwner(ctx) : { userId: null, sessionId: null }
  const callback = `${ctx.site.origin}/auth/${provider.name}/callback`
  const { url, attempt } = await provider.begin(callback)
  await keepAttempt(ctx, {
    provider: provider.name,
    intent: input.intent,
    next: safeNext(input.next),
    ...owner,
    atProvider: attempt,
  })
  return { url }
}

function getOwner(ctx: Ctx) {
  const { actor } = ctx
  if (actor.kind !== 'user') throw new AppError('session/required')
  const { user, via } = actor
  if (via.kind !== 'session') throw new AppError('token/not-allowed')
  authorize(isActive(actor), 'user/suspended')
  authorize(isFresh(ctx, via), 'session/step-up-required')
  return { userId: user.id, sessionId: via.sessionId }
}
