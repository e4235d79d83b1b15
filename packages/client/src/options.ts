import type { TokenPair } from './api.gen.ts'
import type { RetryOptions } from './retries.ts'
import type { Skew } from './skew.ts'

export type GalleyClientOptions = {
  /** Where Galley is, without a path: `https://galley.example`. */
  url: string
  auth: GalleyAuth
  /** Of what is safe to repeat; `false` sends every call once. */
  retries?: RetryOptions | false
  /** For a call as a whole, waits included: 30 s by default. */
  timeoutMs?: number
  fetch?: typeof fetch
  /** For subscriptions with a token, and where the platform has none: the one of the package `eventsource`. */
  EventSource?: EventSourceLike
  /** How subscriptions travel: by server-sent events, unless `overSocket()` of `@galley/client/socket` is given. */
  streams?: StreamTransport
  /** Told once when the server's API and this package do not fit; a warning on the console unless given. */
  onSkew?: (skew: Skew) => void
}

/** How subscriptions travel; `overSocket` makes one. */
export type StreamTransport = {
  /** A link of tRPC, whose types programs need not have. */
  linkTo(server: { base: string; token?: () => Promise<string> }): unknown
}

/** What a subscription needs of an `EventSource`. A native one takes no heed of `fetch`, so it can send no token. */
export type EventSourceLike = new (
  url: string,
  init?: { withCredentials?: boolean; fetch?: typeof fetch },
) => EventSource

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
