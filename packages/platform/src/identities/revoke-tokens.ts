import { Id } from '@galley/contract/primitives'
import type { JobDefinition } from '@galley/jobs/jobs'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { tokenContext } from './internal/connection.ts'
import { findProvider } from './queries.ts'

/** Nothing to do for a provider that is no longer configured. */
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

const RevokeProviderTokens = z.strictObject({
  identityId: Id,
  provider: z.string(),
  accessTokenEncrypted: z.string().nullable(),
  refreshTokenEncrypted: z.string().nullable(),
})

type RevokeProviderTokens = z.output<typeof RevokeProviderTokens>

/** Tells a provider that the tokens of an account that was disconnected are no longer needed. */
export const revokeProviderTokens: JobDefinition<RevokeProviderTokens> = {
  name: 'identities.revoke-tokens',
  payload: RevokeProviderTokens,
  retries: 3,
  timeoutSeconds: 30,
}
