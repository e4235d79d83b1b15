import type { Queryable } from '@galley/db/client'
import { apiTokens, refreshTokens, tokenFamilies, users } from '@galley/db/schema'
import { and, desc, eq, gt, inArray, isNull, max, sql } from 'drizzle-orm'

/** A person's personal tokens that have not expired, newest first. */
export const listLiveTokens = (db: Queryable, userId: string, now: Date) =>
  db
    .select()
    .from(apiTokens)
    .where(and(eq(apiTokens.userId, userId), gt(apiTokens.expiresAt, now)))
    .orderBy(desc(apiTokens.createdAt), desc(apiTokens.id))

/** Sign-ins of API clients that are alive, the newest first, with when each last got new tokens. */
export function listLiveFamilies(db: Queryable, userId: string, now: Date) {
  const lastToken = db
    .select({ at: max(refreshTokens.createdAt) })
    .from(refreshTokens)
    .where(eq(refreshTokens.familyId, tokenFamilies.id))
  return db
    .select({
      id: tokenFamilies.id,
      ip: tokenFamilies.ip,
      userAgent: tokenFamilies.userAgent,
      createdAt: tokenFamilies.createdAt,
      expiresAt: tokenFamilies.expiresAt,
      refreshedAt: sql<Date | null>`(${lastToken})`.mapWith(refreshTokens.createdAt),
    })
    .from(tokenFamilies)
    .where(
      and(
        eq(tokenFamilies.userId, userId),
        isNull(tokenFamilies.revokedAt),
        gt(tokenFamilies.expiresAt, now),
      ),
    )
    .orderBy(desc(tokenFamilies.createdAt), desc(tokenFamilies.id))
}

/** The family of the refresh token with this id; what else comes with one of its tokens waits. */
export async function findFamilyForUpdate(tx: Queryable, tokenId: string) {
  const ofToken = tx
    .select({ id: refreshTokens.familyId })
    .from(refreshTokens)
    .where(eq(refreshTokens.id, tokenId))
  const [family] = await tx
    .select()
    .from(tokenFamilies)
    .where(inArray(tokenFamilies.id, ofToken))
    .for('update')
  return family ?? null
}

/** A refresh token of this family, with the version of the person whom it is for. */
export async function findRefreshToken(tx: Queryable, familyId: string, tokenId: string) {
  const [row] = await tx
    .select({ usedAt: refreshTokens.usedAt, version: users.tokenVersion })
    .from(refreshTokens)
    .innerJoin(tokenFamilies, eq(tokenFamilies.id, refreshTokens.familyId))
    .innerJoin(users, eq(users.id, tokenFamilies.userId))
    .where(and(eq(refreshTokens.id, tokenId), eq(refreshTokens.familyId, familyId)))
  return row ?? null
}
