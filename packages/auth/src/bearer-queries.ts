import type { Db } from '@galley/db/client'
import { prepared } from '@galley/db/prepared'
import { apiTokens, signingKeys, tokenFamilies, users } from '@galley/db/schema'
import { and, eq, gt, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'
import type { AccessClaims } from './access-tokens.ts'
import { sessionUser } from './session-queries.ts'
import type { SessionUser } from './sessions.ts'

// Both run on every request with a token: one statement each for the token and its owner.
const byHash = prepared((db) =>
  db
    .select({
      tokenId: apiTokens.id,
      scopes: apiTokens.scopes,
      lastUsedAt: apiTokens.lastUsedAt,
      user: sessionUser,
    })
    .from(apiTokens)
    .innerJoin(users, eq(users.id, apiTokens.userId))
    .where(
      and(
        eq(apiTokens.tokenHash, sql.placeholder('hash')),
        gt(apiTokens.expiresAt, sql.param(sql.placeholder('now'), apiTokens.expiresAt)),
        isNotNull(users.emailVerifiedAt),
      ),
    )
    .prepare('api_token_with_user'),
)

const byClaims = prepared((db) =>
  db
    .select(sessionUser)
    .from(users)
    .innerJoin(tokenFamilies, eq(tokenFamilies.userId, users.id))
    .innerJoin(signingKeys, eq(signingKeys.id, sql.placeholder('kid')))
    .where(
      and(
        eq(users.id, sql.placeholder('userId')),
        eq(users.tokenVersion, sql.placeholder('version')),
        isNotNull(users.emailVerifiedAt),
        eq(tokenFamilies.id, sql.placeholder('familyId')),
        isNull(tokenFamilies.revokedAt),
        gt(tokenFamilies.expiresAt, sql.param(sql.placeholder('now'), tokenFamilies.expiresAt)),
        gt(signingKeys.expiresAt, sql.param(sql.placeholder('now'), signingKeys.expiresAt)),
      ),
    )
    .prepare('user_by_access_claims'),
)

/** The live token of this hash with its owner. */
export async function findApiToken(db: Db, hash: string, now: Date) {
  const [found] = await byHash(db).execute({ hash, now })
  return found ?? null
}

/** The person of these claims, where they, the sign-in and the key still stand as they did when the token was made. */
export async function findGranted(
  db: Db,
  { userId, version, familyId, kid }: AccessClaims & { kid: string },
  now: Date,
): Promise<SessionUser | null> {
  const [user] = await byClaims(db).execute({ userId, version, familyId, kid, now })
  return user ?? null
}

/** Sets last use to `now`, unless a request since `since` did so already. */
export async function touchApiToken(db: Db, id: string, now: Date, since: Date): Promise<void> {
  await db
    .update(apiTokens)
    .set({ lastUsedAt: now })
    .where(
      and(eq(apiTokens.id, id), or(isNull(apiTokens.lastUsedAt), lte(apiTokens.lastUsedAt, since))),
    )
}
