import type { IdentityById } from '@galley/contract/platform/identities'
import { type Deleted, Id } from '@galley/contract/primitives'
import type { Tx } from '@galley/db/client'
import { identities } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { recordAudit } from '../audit/record.ts'
import { hasOtherSignInMethod } from '../credentials/queries.ts'
import { type Ctx, type SessionCtx, transact } from '../ctx.ts'
import { AppError } from '../errors.ts'
import { tokenContext } from './internal/connection.ts'
import { findProvider, type IdentityRow } from './queries.ts'

/**
 * Disconnects an account elsewhere from the caller's own. Throws `identity/not-found`, or `credential/last-way-in` where
 * nothing else would lead into the account. A job revokes the tokens at the provider later.
 */
export async function deleteIdentity(ctx: SessionCtx, { id }: IdentityById): Promise<Deleted> {
  const userId = ctx.actor.user.id
  await transact(ctx, async (tx) => {
    const hasOther = await hasOtherSignInMethod(ctx, tx, userId, { kind: 'identity', id })
    const identity = await getOwn(tx, userId, id)
    if (!hasOther) throw new AppError('credential/last-way-in')
    await tx.delete(identities).where(eq(identities.id, id))
    await recordAudit(ctx, tx, {
      action: 'identity.disconnected',
      target: { type: 'identity', id },
      subjectId: userId,
      before: { provider: identity.provider, label: identity.label },
    })
    await leaveRevocation(ctx, tx, identity)
  })
  return { id }
}

async function getOwn(tx: Tx, userId: string, id: string) {
  const isOwn = and(eq(identities.id, id), eq(identities.userId, userId))
  const [row] = await tx.select().from(identities).where(isOwn)
  if (!row) throw new AppError('identity/not-found')
  return row
}

/** The job holds the tokens as they were stored: encrypted. */
async function leaveRevocation(ctx: Ctx, tx: Tx, identity: IdentityRow) {
  const { id, provider, accessTokenEncrypted, refreshTokenEncrypted } = identity
  if (accessTokenEncrypted === null && refreshTokenEncrypted === null) return
  await ctx.jobs.enqueue(tx, revokeProviderTokens, {
    identityId: id,
    provider,
    accessTokenEncrypted,
    refreshTokenEncrypted,
  })
}

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
