import { apiTokens, tokenFamilies } from '@galley/db/schema'
import type { Tx } from '@galley/db/client'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import { transact, type Ctx } from '../ctx.ts'
import { endFamily, isLive, refreshTokenId } from './internal.ts'
import { findFamilyForUpdate } from './queries.ts'

/**
 * Ends a token that somebody else has, for the operator: a personal one by itself; of an access or refresh token the sign-in of the
 * program that it belongs to, with all its tokens. Returns whose it was, null where it lets nobody in any more.
 */
export async function revokeLeakedToken(
  ctx: Ctx,
  token: string,
): Promise<{ userId: string; kind: 'personal' | 'program' } | null> {
  const bearer = await ctx.bearerTokens.authenticate(token)
  return transact(ctx, async (tx) => {
    if (!bearer) return endProgram(ctx, tx, await findFamilyForUpdate(tx, refreshTokenId(token)))
    if (bearer.claims) return endProgram(ctx, tx, await familyOf(tx, bearer.tokenId))
    const [deleted] = await tx.delete(apiTokens).where(eq(apiTokens.id, bearer.tokenId)).returning()
    if (!deleted) return null
    const { id, userId, name } = deleted
    await recordAudit(ctx, tx, {
      action: 'token.deleted',
      target: { type: 'token', id },
      subjectId: userId,
      before: { name },
    })
    return { userId, kind: 'personal' as const }
  })
}

type Family = typeof tokenFamilies.$inferSelect

async function endProgram(ctx: Ctx, tx: Tx, family: Family | null | undefined) {
  if (!family || !isLive(ctx, family)) return null
  await endFamily(ctx, tx, family, 'program.signed-out')
  return { userId: family.userId, kind: 'program' as const }
}

async function familyOf(tx: Tx, id: string): Promise<Family | undefined> {
  const [family] = await tx
    .select()
    .from(tokenFamilies)
    .where(eq(tokenFamilies.id, id))
    .for('update')
  return family
}
