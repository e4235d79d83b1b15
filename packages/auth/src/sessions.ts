import type { Queryable } from '@galley/db/client'

/** Who a session belongs to; read afresh at every validation, never cached. */
export type SessionUser = {
  id: string
  email: string
  username: string
  displayName: string
  bio: string
  avatarMediaId: string | null
  role: 'reader' | 'author' | 'editor' | 'admin'
  status: 'active' | 'suspended'
  /** When a reset replaced the password; null once the person has looked through what else signs in. */
  reviewSince: Date | null
  /** By when a second factor must be on because the role needs one. */
  secondFactorDueAt: Date | null
  /** When an admin took a lost second factor away, until another one is on. */
  secondFactorResetAt: Date | null
}

/** Where the person signed in from; kept to 400 characters each. */
export type SessionClient = { ip: string; userAgent: string }

/** How a session began. */
export type SignInMethod = 'password' | 'passkey' | 'identity'

export type Session = {
  /** SHA-256 of the token in hex: safe to show and to log, of no use for signing in. */
  id: string
  userId: string
  createdAt: Date
  /** When the person last proved who they are: sign-in, or a step-up since. */
  authenticatedAt: Date
  method: SignInMethod
  /** To the minute: not every request moves it. */
  lastSeenAt: Date
  /** The idle or the absolute limit, whichever comes first. */
  expiresAt: Date
  ip: string
  userAgent: string
}

/**
 * Server-side sessions after OWASP's Session Management Cheat Sheet and ASVS 5.0 V7: a random token of at least
 * 128 bits that the store itself cannot reproduce, idle and absolute expiry by the server's clock, and
 * revocation that holds from the next call on, on every instance. Every method may be part of a transaction.
 */
export type SessionStore = {
  /** Starts a session. The token is for the cookie and is returned only here. */
  create(
    db: Queryable,
    userId: string,
    client: SessionClient,
    method?: SignInMethod,
  ): Promise<{ token: string; session: Session }>
  /**
   * The session of this token and its user, or null when it is malformed, unknown, revoked or expired.
   * `renewed`: the expiry was extended, so the cookie must be set again. Suspended users are returned too: what
   * they may do is for the caller to decide.
   */
  validate(
    db: Queryable,
    token: string,
  ): Promise<{ session: Session; user: SessionUser; renewed: boolean } | null>
  /** Whose session this is, null where it has ended. Counts as no use of it; look-ups of one moment share a statement. */
  findUser(db: Queryable, sessionId: string): Promise<SessionUser | null>
  /** The session with this id, null where it has ended. Changes nothing. */
  find(db: Queryable, sessionId: string): Promise<Session | null>
  /** The person has proved again who they are: moves `authenticatedAt` to now. */
  confirm(db: Queryable, sessionId: string): Promise<Date>
  /**
   * Gives a live session another token, and with it another id; null where it has ended. When it began, when the person
   * last proved who they are and when it ends at the latest stay as they were.
   */
  rotate(
    db: Queryable,
    sessionId: string,
    client: SessionClient,
  ): Promise<{ token: string; session: Session } | null>
  /** Ends one session, of `userId` only if given; false where there is none. */
  revoke(db: Queryable, sessionId: string, options?: { userId?: string }): Promise<boolean>
  /** Ends all sessions of a user, but for the session with the id `except`; returns how many. */
  revokeAll(
    db: Queryable,
    userId: string,
    options?: { except?: string | undefined },
  ): Promise<number>
  /** The user's live sessions, newest first. */
  list(db: Queryable, userId: string): Promise<Session[]>
  /** Removes what has expired and returns how many sessions that were. For a job; validation does not depend on it. */
  deleteExpired(db: Queryable): Promise<number>
}
