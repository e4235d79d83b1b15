import type { PasswordHasher } from '@galley/auth/passwords'
import type { SessionStore, SessionUser } from '@galley/auth/sessions'
import type { SignInThrottle } from '@galley/auth/throttle'
import type { Db, Tx } from '@galley/db/client'
import type { MarkdownRenderer } from '@galley/markdown/renderer'

/** What the process is built from, once; chosen in the server's `deps.ts`. */
export type AppDeps = {
  db: Db
  sessions: SessionStore
  passwords: PasswordHasher
  signInThrottle: SignInThrottle
  markdown: MarkdownRenderer
}

export type UserActor = { kind: 'user'; sessionId: string; user: SessionUser }

/** Who acts. `system` is Galley itself: seeds and jobs. */
export type Actor = { kind: 'anonymous' } | UserActor | { kind: 'system' }

/** The session cookie of this request, whatever the transport. */
export type SessionCookie = {
  /** The token that the request brought, valid or not. */
  readonly token: string | undefined
  set(token: string, expiresAt: Date): void
  clear(): void
}

/** The part of a pino logger that the domain uses. */
export type Log = Record<'info' | 'warn' | 'error', (details: object, message: string) => void>

/** One call: built once per request by the transport, handed down by hand. */
export type Ctx = AppDeps & {
  actor: Actor
  log: Log
  requestId: string
  /** Where the request came from; empty strings when unknown. */
  client: { ip: string; userAgent: string }
  sessionCookie: SessionCookie
  now(): Date
  /** Takes `cost` from the caller's allowance; throws `request/rate-limited` when it is used up. */
  charge(cost: number): Promise<void>
}

/** A call by a signed-in person. */
export type AuthedCtx = Ctx & { actor: UserActor }

/** Runs `work` in one transaction: all of it holds, or nothing. */
export function transact<Result>(ctx: Ctx, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  return ctx.db.transaction(work)
}

/** The id that "mine", "favorited" and the like are about; null when signed out. */
export const viewerId = (actor: Actor) => (actor.kind === 'user' ? actor.user.id : null)
