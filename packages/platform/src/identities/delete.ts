import type { IdentityById } from '@galley/contract/platform/identities'
import type { Deleted } from '@galley/contract/primitives'
import type { Tx } from '@galley/db/client'
import { identities } from '@galley/db/schema'
import { and, eq } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import { hasOtherSignInMethod } from '../credentials/queries.ts'
import { transact, type Ctx, type SessionCtx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import type { IdentityRow } from './queries.ts'
import { revokeProviderTokens } from './revoke-tokens.ts'

/**
 * Disconnects an account elsewhere from the caller's own. Throws `identity/not-found`, or `credential/last-way-in` where
 * nothing else would lead into the account. A job revokes the tokens at the provider later.
 */
export async function deleteIdentity(ctx: SessionCtx, { id }: IdentityById): Promise<Deleted> {
  const userId = ctx.actor.user.id
  await transact(ctx, async (tx) => {
    const hasOther = await hasOtherSignInMethod(tx, userId, { kind: 'identity', id })
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
