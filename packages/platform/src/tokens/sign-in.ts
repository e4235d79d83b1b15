import type { CreateTokenPair, TokenPair } from '@galley/contract/platform/tokens'
import type { Tx } from '@galley/db/client'
import { refreshTokens, tokenFamilies } from '@galley/db/schema'
import { recordAudit } from '../audit/record.ts'
import { transact, type Ctx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import type { Kept } from '../grant.ts'
import { only } from '../rows.ts'
import { checkSecondFactor } from '../sessions/check-code.ts'
import { checkPassword } from '../sessions/create.ts'
import { hasSecondFactor, isTokenVersionCurrent } from '../sessions/queries.ts'
import type { ProvenUser } from '../sessions/start.ts'
import { newRefreshToken, refreshTokenId, toTokenPair } from './internal.ts'

/** Whatever is refreshed, the API client must sign in again after so long. */
const FAMILY_DAYS = 30

/**
 * Sign-in of an API client, with the checks and the throttle of any sign-in. Throws `session/wrong-code` also where the
 * account has a second factor and there is no `code`: the field says which of the two it is.
 */
export async function createTokenPair(
  ctx: Ctx,
  { code, ...input }: CreateTokenPair,
  kept: Kept<'device'>,
): Promise<TokenPair> {
  const user = await checkPassword(ctx, input, kept)
  const start = (tx: Tx) => startFamily(ctx, tx, user)
  if (!(await hasSecondFactor(ctx.db, user.id))) return transact(ctx, start)
  if (code === undefined) {
    const field = { path: 'code', message: 'The second factor is on: send a code of it too.' }
    throw new AppError('session/wrong-code', { fields: [field] })
  }
  const pairs: TokenPair[] = []
  await checkSecondFactor(ctx, user.id, code, async (tx) => {
    pairs[0] = await start(tx) // once more after a deadlock
  })
  return only(pairs)
}

async function startFamily(ctx: Ctx, tx: Tx, user: ProvenUser): Promise<TokenPair> {
  const { id: userId, tokenVersion: version } = user
  if (!(await isTokenVersionCurrent(tx, user))) throw new AppError('session/wrong-credentials')
  const now = ctx.now()
  const expiresAt = new Date(now.getTime() + FAMILY_DAYS * 86_400_000)
  const dates = { createdAt: now, expiresAt }
  const family = only(
    await tx
      .insert(tokenFamilies)
      .values({ userId, ...ctx.client, ...dates })
      .returning(),
  )
  const refreshToken = newRefreshToken()
  await tx
    .insert(refreshTokens)
    .values({ id: refreshTokenId(refreshToken), familyId: family.id, ...dates })
  await recordAudit(ctx, tx, {
    action: 'program.signed-in',
    target: { type: 'token-family', id: family.id },
    subjectId: userId,
  })
  return toTokenPair(ctx, tx, { family, version, refreshToken })
}
