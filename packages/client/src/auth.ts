import type { TokenPair } from './api.gen.ts'

/** Each new pair of tokens, to be stored where the API client keeps its secrets; the one before is used up by then. */
export type OnTokens = (tokens: TokenPair) => void | Promise<void>

/** Signs in when the first call is made, and again when the refresh token has run out. */
export type ByPassword = {
  email: string
  password: string
  /** Where the account has a second factor. */
  code?: string
  onTokens?: OnTokens
}

/** Goes on where an earlier run left off. */
export type ByRefreshToken = { refreshToken: string; onTokens?: OnTokens }

/**
 * Who calls: nobody; the person whose browser this is; an API client with a personal token (`gly_...`); an API client with an
 * access token for ten minutes at a time, which the client renews.
 */
export type GalleyAuth = 'none' | 'cookie' | { token: string } | ByPassword | ByRefreshToken

export const usesTokenPair = (auth: GalleyAuth): auth is ByPassword | ByRefreshToken =>
  typeof auth === 'object' && !('token' in auth)
