import { createHash, randomBytes } from 'node:crypto'
import type { SecretBox } from '@galley/auth/secret-box'
import type { TokenPair } from '@galley/contract/platform/tokens'
import { Scope } from '@galley/contract/scopes'
import type { Tx } from '@galley/db/client'
import { tokenFamilies } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import type { Ctx } from '../ctx.ts'

export type Family = typeof tokenFamilies.$inferSelect

export const isLive = (ctx: Ctx, { revokedAt, expiresAt }: Family) =>
  revokedAt === null && expiresAt > ctx.now()

/** Ends a family: its refresh tokens, and its access tokens from the next request on. */
export async function endFamily(
  ctx: Ctx,
  tx: Tx,
  { id, userId }: Family,
  action: 'program.signed-out' | 'program.token-reused',
): Promise<void> {
  await tx.update(tokenFamilies).set({ revokedAt: ctx.now() }).where(eq(tokenFamilies.id, id))
  await recordAudit(ctx, tx, {
    action,
    target: { type: 'token-family', id },
    subjectId: userId,
  })
}

type Grant = {
  family: { id: string; userId: string; expiresAt: Date }
  version: number
  refreshToken: string
}

/** The two tokens that an API client gets. Made in the transaction: where signing fails, nothing was used up. */
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

const PREFIX = 'glr_'

/** 256 random bits. */
export const newRefreshToken = () => `${PREFIX}${randomBytes(32).toString('base64url')}`

/**
 * What follows `token`: the same whenever it is asked for, so that two refreshes at once, or a second one because the
 * first response was lost, get one successor. Only the server can tell it (HMAC-SHA-256, 256 bits).
 */
export const successorOf = (box: SecretBox, token: string) =>
  `${PREFIX}${box.sign('refresh', token)}`

/** Under which a token is stored: SHA-256 in hex. */
export const refreshTokenId = (token: string) => createHash('sha256').update(token).digest('hex')
