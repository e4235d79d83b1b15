import type { ByRefreshToken } from '@galley/contract/platform/tokens'
import { transact, type Ctx } from '../../ctx.ts'
import { findFamilyForUpdate } from '../queries.ts'
import { refreshTokenId } from '../refresh-tokens.ts'
import { endFamily, isLive } from './family.ts'

/** Sign-out of a program, by any refresh token of its family. One that is unknown or dead is no error (RFC 7009, 2.2). */
export async function revokeTokenPair(ctx: Ctx, { refreshToken }: ByRefreshToken): Promise<void> {
  await transact(ctx, async (tx) => {
    const family = await findFamilyForUpdate(tx, refreshTokenId(refreshToken))
    if (family && isLive(ctx, family)) await endFamily(ctx, tx, family, 'program.signed-out')
  })
}
