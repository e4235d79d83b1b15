import type { TokenPair } from '@galley/contract/platform/tokens'
import { Scope } from '@galley/contract/scopes'
import type { Tx } from '@galley/db/client'
import type { Ctx } from '../../ctx.ts'

type Grant = {
  family: { id: string; userId: string; expiresAt: Date }
  version: number
  refreshToken: string
}

/** The two tokens that a program gets. Made in the transaction: where signing fails, nothing was used up. */
export async function toTokenPair(
  ctx: Ctx,
  tx: Tx,
  { family, version, refreshToken }: Grant,
): Promise<TokenPair> {
  const { token, expiresInSeconds } = await ctx.accessTokens.issue(tx, {
    userId: family.userId,
    familyId: family.id,
    version,
    scopes: Scope.options,
  })
  return {
    tokenType: 'Bearer',
    accessToken: token,
    expiresIn: expiresInSeconds,
    refreshToken,
    refreshExpiresIn: Math.floor((family.expiresAt.getTime() - ctx.now().getTime()) / 1000),
  }
}
