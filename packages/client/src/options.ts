import type { GalleyAuth } from './auth.ts'
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
  /** Told once when the server's API and this package do not fit; a warning on the console unless given. */
  onSkew?: (skew: Skew) => void
}

/** What a subscription needs of an `EventSource`. A native one takes no heed of `fetch`, so it can send no token. */
export type EventSourceLike = new (
  url: string,
  init?: { withCredentials?: boolean; fetch?: typeof fetch },
) => EventSource
