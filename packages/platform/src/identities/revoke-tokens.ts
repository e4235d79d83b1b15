import type { Ctx } from '../ctx.ts'
import { tokenContext } from './connection.ts'
import type { RevokeProviderTokens } from './jobs.ts'
import { findProvider } from './providers.ts'

/** Nothing to do for a provider that is not configured any more: there is nobody to tell. */
export async function revokeTokens(
  ctx: Pick<Ctx, 'identityProviders' | 'secretBox'>,
  payload: RevokeProviderTokens,
): Promise<void> {
  const provider = findProvider(ctx, payload.provider)
  if (!provider) return
  const decrypt = (encrypted: string | null) =>
    encrypted === null ? null : ctx.secretBox.decrypt(encrypted, tokenContext(payload.identityId))
  await provider.revoke({
    accessToken: decrypt(payload.accessTokenEncrypted),
    refreshToken: decrypt(payload.refreshTokenEncrypted),
  })
}
