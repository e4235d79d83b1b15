import type { ByRefreshToken, TokenPair } from '@galley/contract/platform/tokens'
import type { Tx } from '@galley/db/client'
import { refreshTokens } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { transact, type Ctx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import {
  endFamily,
  isLive,
  refreshTokenId,
  successorOf,
  toTokenPair,
  type Family,
} from './internal.ts'
import { findFamilyForUpdate, findRefreshToken } from './queries.ts'

/** For so long a used token still gets the same successor: two tabs at once, a response that was lost on the way. */
const GRACE_MS = 10_000

/**
 * The next pair for a refresh token, which is used up by that. One that comes again after the grace is in two hands:
 * the whole family ends (RFC 9700, 4.14.2). Throws `token/invalid`, without saying which of these it is.
 */
export async function refreshTokenPair(
  ctx: Ctx,
  { refreshToken }: ByRefreshToken,
): Promise<TokenPair> {
  // The end of a family must hold, so the transaction returns rather than throws.
  const pair = await transact(ctx, (tx) => rotate(ctx, tx, refreshToken))
  if (!pair) throw new AppError('token/invalid')
  return pair
}

async function rotate(ctx: Ctx, tx: Tx, refreshToken: string): Promise<TokenPair | null> {
  const id = refreshTokenId(refreshToken)
  const family = await findFamilyForUpdate(tx, id)
  if (!family || !isLive(ctx, family)) return null
  const found = await findRefreshToken(tx, family.id, id)
  if (!found) return null
  const successor = successorOf(ctx.secretBox, refreshToken)
  const grant = { family, version: found.version, refreshToken: successor }

  if (found.usedAt === null) {
    await use(ctx, tx, { id, family, successor })
    return toTokenPair(ctx, tx, grant)
  }
  if (ctx.now().getTime() - found.usedAt.getTime() > GRACE_MS) {
    await endFamily(ctx, tx, family, 'program.token-reused')
    return null
  }
  // With another encryption key since, the successor cannot be sent again: this one is refused, and nobody's family ends.
  const isSame = await findRefreshToken(tx, family.id, refreshTokenId(successor))
  return isSame && toTokenPair(ctx, tx, grant)
}

async function use(
  ctx: Ctx,
  tx: Tx,
  { id, family, successor }: { id: string; family: Family; successor: string },
) {
  const now = ctx.now()
  await tx.insert(refreshTokens).values({
    id: refreshTokenId(successor),
    familyId: family.id,
    createdAt: now,
    expiresAt: family.expiresAt,
  })
  await tx.update(refreshTokens).set({ usedAt: now }).where(eq(refreshTokens.id, id))
}
