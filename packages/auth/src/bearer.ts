import type { Db } from '@galley/db/client'
import type { AccessTokens } from './access-tokens.ts'
import { hashApiToken, isApiToken, newApiToken, type NewApiToken } from './api-tokens.ts'
import { findGranted, findApiToken, touchApiToken } from './bearer-queries.ts'
import type { SessionUser } from './sessions.ts'

/** For whom a program speaks, and how far; the person is read afresh every time. */
export type Bearer = {
  user: SessionUser
  /** The personal token, or the sign-in that an access token came from: safe to show and to log. */
  tokenId: string
  scopes: string[]
}

/** What comes as `Authorization: Bearer`: personal tokens (`gly_...`) and access tokens (JWTs). */
export type BearerTokens = {
  /** Null for what is no token of ours, or no longer one: expired, revoked, of an older version of the person. */
  authenticate(token: string): Promise<Bearer | null>
  /** A personal token, which is kept nowhere yet. */
  newApiToken(): NewApiToken
}

const LAST_USED_STEP_MS = 60_000

/** One statement a token, prepared, and nothing cached: revocation holds from the next request on, on every instance. */
export function createBearerTokens(db: Db, accessTokens: Pick<AccessTokens, 'verify'>) {
  return {
    newApiToken,
    authenticate: (token) => (token.startsWith('gly_') ? byApiToken(token) : byAccessToken(token)),
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
    return user && { user, tokenId: claims.familyId, scopes: claims.scopes }
  }
}
