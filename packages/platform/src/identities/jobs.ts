import { Id } from '@galley/contract/primitives'
import type { JobDefinition } from '@galley/jobs/jobs'
import { z } from 'zod'

const RevokeProviderTokens = z.strictObject({
  identityId: Id,
  provider: z.string(),
  accessTokenEncrypted: z.string().nullable(),
  refreshTokenEncrypted: z.string().nullable(),
})
export type RevokeProviderTokens = z.output<typeof RevokeProviderTokens>

/** Tells a provider that the tokens of an account that was disconnected are not needed any more. */
export const revokeProviderTokens: JobDefinition<RevokeProviderTokens> = {
  name: 'identities.revoke-tokens',
  payload: RevokeProviderTokens,
  retries: 3,
  timeoutSeconds: 30,
}
