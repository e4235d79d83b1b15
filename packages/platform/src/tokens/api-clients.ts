import type { ByRefreshToken, ProgramById, ProgramList } from '@galley/contract/platform/tokens'
import type { Deleted } from '@galley/contract/primitives'
import { tokenFamilies } from '@galley/db/schema'
import { and, eq } from 'drizzle-orm'
import { transact, type Ctx, type SessionCtx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import { endFamily, isLive, refreshTokenId } from './internal.ts'
import { findFamilyForUpdate, listLiveFamilies } from './queries.ts'

/** Sign-out of an API client, by any refresh token of its family. One that is unknown or dead is no error (RFC 7009, 2.2). */
export async function revokeTokenPair(ctx: Ctx, { refreshToken }: ByRefreshToken): Promise<void> {
  await transact(ctx, async (tx) => {
    const family = await findFamilyForUpdate(tx, refreshTokenId(refreshToken))
    if (family && isLive(ctx, family)) await endFamily(ctx, tx, family, 'program.signed-out')
  })
}

/** The API clients that are signed in as the caller, the newest first. */
export async function listApiClients(ctx: SessionCtx): Promise<ProgramList> {
  const rows = await listLiveFamilies(ctx.db, ctx.actor.user.id, ctx.now())
  const items = rows.map(({ createdAt, refreshedAt, expiresAt, ...rest }) => ({
    ...rest,
    createdAt: createdAt.toISOString(),
    refreshedAt: (refreshedAt ?? createdAt).toISOString(),
    expiresAt: expiresAt.toISOString(),
  }))
  return { items }
}

/** Signs one of them out; somebody else's is `program/not-found` like one that is not signed in. */
export function revokeApiClient(ctx: SessionCtx, { id }: ProgramById): Promise<Deleted> {
  return transact(ctx, async (tx) => {
    const isOwn = and(eq(tokenFamilies.id, id), eq(tokenFamilies.userId, ctx.actor.user.id))
    const [family] = await tx.select().from(tokenFamilies).where(isOwn).for('update')
    if (!family || !isLive(ctx, family)) throw new AppError('program/not-found')
    await endFamily(ctx, tx, family, 'program.signed-out')
    return { id }
  })
}
