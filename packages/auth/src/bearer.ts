import { alignByKey, batched } from '@galley/db/batched'
import type { Db } from '@galley/db/client'
import { prepared } from '@galley/db/prepared'
import { apiTokens, signingKeys, tokenFamilies, users } from '@galley/db/schema'
import { and, eq, gt, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'
import type { AccessTokens, VerifiedClaims } from './access-tokens.ts'
import { hashApiToken, isApiToken, newApiToken, type NewApiToken } from './api-tokens.ts'
import { sessionUser } from './session-queries.ts'
import type { SessionUser } from './sessions.ts'

/** For whom a program speaks, and how far; the person is read afresh every time. */
export type Bearer = {
  user: SessionUser
  /** The personal token, or the sign-in that an access token came from: safe to show and to log. */
  tokenId: string
  scopes: string[]
  /** Of an access token: what it was taken for. */
  claims?: VerifiedClaims
}

/** What comes as `Authorization: Bearer`: personal tokens (`gly_...`) and access tokens (JWTs). */
export type BearerTokens = {
  /** Null for what is no token of ours, or no longer one: expired, revoked, of an older version of the person. */
  authenticate(token: string): Promise<Bearer | null>
  /** The same for one that was taken before, by what it was taken for; counts as no use of it. */
  findUser(bearer: Pick<Bearer, 'tokenId' | 'claims'>): Promise<SessionUser | null>
  /** A personal token, which is kept nowhere yet. */
  newApiToken(): NewApiToken
}

const LAST_USED_STEP_MS = 60_000

/** One statement a token, prepared, and nothing cached: revocation holds from the next request on, on every instance. */
export function createBearerTokens(db: Db, accessTokens: Pick<AccessTokens, 'verify'>) {
  return {
    newApiToken,
    authenticate: (token) => (token.startsWith('gly_') ? byApiToken(token) : byAccessToken(token)),
    async findUser({ tokenId, claims }) {
      if (!claims) return (await findApiTokenOwner(db, tokenId))?.user ?? null
      const now = new Date()
      return claims.expiresAt > now ? findGranted(db, claims, now) : null
    },
  } satisfies BearerTokens

  async function byApiToken(token: string): Promise<Bearer | null> {
    if (!isApiToken(token)) return null
    const now = new Date()
    const found = await findApiToken(db, hashApiToken(token), now)
    if (!found) return null
    const stepAgo = new Date(now.getTime() - LAST_USED_STEP_MS)
    if (!found.lastUsedAt || found.lastUsedAt <= stepAgo) {
      await touchApiToken(db, found.tokenId, now, stepAgo)
    }
    return { user: found.user, tokenId: found.tokenId, scopes: found.scopes }
  }

  async function byAccessToken(token: string): Promise<Bearer | null> {
    const claims = await accessTokens.verify(token)
    if (!claims) return null
    const user = await findGranted(db, claims, new Date())
    return user && { user, tokenId: claims.familyId, scopes: claims.scopes, claims }
  }
}

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

const byIds = prepared((db) =>
  db
    .select({ tokenId: apiTokens.id, user: sessionUser })
    .from(sql`unnest((select ${sql.placeholder('ids')}::uuid[])) as wanted (id)`)
    .innerJoin(apiTokens, eq(apiTokens.id, sql`wanted.id`))
    .innerJoin(users, eq(users.id, apiTokens.userId))
    .where(
      and(
        gt(apiTokens.expiresAt, sql.param(sql.placeholder('now'), apiTokens.expiresAt)),
        isNotNull(users.emailVerifiedAt),
      ),
    )
    .prepare('api_tokens_with_users'),
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
async function findApiToken(db: Db, hash: string, now: Date) {
  const [found] = await byHash(db).execute({ hash, now })
  return found ?? null
}

const findApiTokenOwner = batched(async (db, ids: readonly string[]) => {
  const rows = await byIds(db).execute({ ids: [...new Set(ids)], now: new Date() })
  return alignByKey(ids, rows, ({ tokenId }) => tokenId)
})

/** The person of these claims, where they, the sign-in and the key still stand as they did when the token was made. */
async function findGranted(
  db: Db,
  { userId, version, familyId, kid }: VerifiedClaims,
  now: Date,
): Promise<SessionUser | null> {
  const [user] = await byClaims(db).execute({ userId, version, familyId, kid, now })
  return user ?? null
}

/** Sets last use to `now`, unless a request since `since` did so already. */
async function touchApiToken(db: Db, id: string, now: Date, since: Date): Promise<void> {
  await db
    .update(apiTokens)
    .set({ lastUsedAt: now })
    .where(
      and(eq(apiTokens.id, id), or(isNull(apiTokens.lastUsedAt), lte(apiTokens.lastUsedAt, since))),
    )
}
