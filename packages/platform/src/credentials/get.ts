import type { CredentialsView } from '@galley/contract/platform/credentials'
import type { SessionCtx } from '../ctx.ts'
import { countCredentials } from './queries.ts'

/** How the caller signs in. */
export async function getCredentials(ctx: SessionCtx): Promise<CredentialsView> {
  const { id, email } = ctx.actor.user
  const count = await countCredentials(ctx.db, id)
  return {
    email,
    password: count.passwords > 0,
    totp: count.totps > 0,
    recoveryCodesLeft: count.recoveryCodes,
    passkeys: count.passkeys,
    identities: count.identities,
  }
}
