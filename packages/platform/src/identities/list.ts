import type { IdentityList, ProviderList } from '@galley/contract/platform/identities'
import type { Ctx, SessionCtx } from '../ctx.ts'
import { findProvider } from './queries.ts'
import { listIdentitiesOf } from './queries.ts'

/** The providers that people may sign in with here. */
export async function listProviders(ctx: Ctx): Promise<ProviderList> {
  const items = ctx.identityProviders.map(({ name, label, canReauthenticate }) => ({
    name,
    label,
    stepUp: canReauthenticate,
  }))
  return { items }
}

/** The caller's accounts elsewhere, also of a provider that is no longer configured. */
export async function listIdentities(ctx: SessionCtx): Promise<IdentityList> {
  const rows = await listIdentitiesOf(ctx.db, ctx.actor.user.id)
  const items = rows.map(({ id, provider, label, createdAt, lastUsedAt }) => ({
    id,
    provider,
    providerLabel: findProvider(ctx, provider)?.label ?? provider,
    label,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  }))
  return { items }
}
