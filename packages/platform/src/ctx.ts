import { randomUUID } from 'node:crypto'
import type { AccessTokens, VerifiedClaims } from '@galley/auth/access-tokens'
import type { BearerTokens } from '@galley/auth/bearer'
import type { IdentityProvider } from '@galley/auth/identity-providers'
import type { OneTimeTokens } from '@galley/auth/one-time-tokens'
import type { Passkeys } from '@galley/auth/passkeys'
import type { PasswordRules } from '@galley/auth/password-rules'
import type { PasswordHasher } from '@galley/auth/passwords'
import type { RecoveryCodes, Totp } from '@galley/auth/second-factor'
import type { SecretBox } from '@galley/auth/secret-box'
import type { SessionStore, SessionUser } from '@galley/auth/sessions'
import type { SigningKeys } from '@galley/auth/signing-keys'
import type { SiteView } from '@galley/contract/platform/site'
import type { Scope } from '@galley/contract/scopes'
import type { Db, Tx } from '@galley/db/client'
import { transaction } from '@galley/db/transaction'
import type { Images } from '@galley/images/images'
import type { JobQueue } from '@galley/jobs/jobs'
import type { SignInThrottle } from '@galley/limits/throttle'
import type { Mailer } from '@galley/mail/mailer'
import type { Storage } from '@galley/storage/storage'
import type { VirusScanner } from '@galley/virus-scan/virus-scanner'
import type { Announce } from './events/announcer.ts'
import type { HealthSource } from './health/get.ts'
import { whileHolding } from './held-connection.ts'
import type { KeyedCalls } from './idempotency/keyed-calls.ts'
import type { NotificationRegistry } from './notifications/registry.ts'
import type { Live } from './live/live.ts'
import type { SettingsStore } from './settings/store.ts'
import type { SecondFactorPolicy } from './users/second-factor-policy.ts'

/** This site as everybody knows it, by its settings; `origin` is what links begin with. */
export type Site = Readonly<SiteView> & { origin: string }

/** What the process is built from, once; chosen in the server's `deps.ts`. */
export type AppDeps = {
  db: Db
  sessions: SessionStore
  passwords: PasswordHasher
  passwordRules: PasswordRules
  signInThrottle: SignInThrottle
  /** For what is guessed after the first factor. */
  codeThrottle: SignInThrottle
  accessTokens: AccessTokens
  signingKeys: SigningKeys
  bearerTokens: BearerTokens
  oneTimeTokens: OneTimeTokens
  secretBox: SecretBox
  totp: Totp
  recoveryCodes: RecoveryCodes
  passkeys: Passkeys
  /** In the order in which people are offered them. */
  identityProviders: readonly IdentityProvider[]
  jobs: JobQueue
  announce: Announce
  /** Who watches what happens. */
  live: Live
  health: HealthSource
  mailer: Mailer
  /** Where uploaded files are. */
  storage: Storage
  virusScanner: VirusScanner
  images: Images
  /** The most that one file may have, and all files of a person together, now. */
  mediaLimits: Readonly<{ maxFileBytes: number; quotaBytes: number }>
  keyedCalls: KeyedCalls
  notifications: NotificationRegistry
  site: Site
  settings: SettingsStore
  secondFactor: SecondFactorPolicy
  /** How long entries of the audit log are kept. */
  auditLog: { keptDays: number }
}

/** By what a request speaks for a person: a browser's session, or a token that an API client holds. */
export type Via =
  | { kind: 'session'; sessionId: string; authenticatedAt: Date }
  | {
      kind: 'token'
      tokenId: string
      scopes: ReadonlySet<Scope>
      /** Of an access token, which ends by itself. */
      claims?: VerifiedClaims | undefined
    }

export type UserActor = { kind: 'user'; user: SessionUser; via: Via }

/** Who acts. `system` is Galley itself: seeds and jobs. */
export type Actor = { kind: 'anonymous' } | UserActor | { kind: 'system' }

/** The part of a pino logger that the domain uses. */
export type Log = Record<'info' | 'warn' | 'error', (details: object, message: string) => void>

/** One call: built once per request by the transport, handed down by hand. */
export type Ctx = AppDeps & {
  actor: Actor
  log: Log
  requestId: string
  /** What caused the call, where that is part of a trace (W3C Trace Context). */
  traceparent?: string | undefined
  /** Aborted when nobody waits for the response any longer. */
  signal?: AbortSignal | undefined
  /** Where the request came from; empty strings when unknown. */
  client: { ip: string; userAgent: string }
  now(): Date
}

type SystemCall = Partial<Pick<Ctx, 'log' | 'requestId' | 'traceparent' | 'client' | 'now'>>

/** A call by Galley itself: a job, a seed, a command of the operator. */
export function systemCtx<Deps extends AppDeps>(deps: Deps, call: SystemCall = {}): Ctx & Deps {
  const requestId = call.requestId ?? randomUUID()
  return {
    ...deps,
    jobs: deps.jobs.forRequest({ requestId, traceparent: call.traceparent }),
    actor: { kind: 'system' },
    log: { info() {}, warn() {}, error() {} },
    client: { ip: '', userAgent: '' },
    now: () => new Date(),
    ...call,
    requestId,
  }
}

/** A call by a signed-in person, or by an API client on their behalf. */
export type AuthedCtx = Ctx & { actor: UserActor }

/** A call from a signed-in person's own browser. */
export type SessionCtx = Ctx & { actor: UserActor & { via: Extract<Via, { kind: 'session' }> } }

/**
 * Runs `work` in one transaction, or in a part of the one that the call is in: all of it holds, or nothing. It may run more
 * than once (a deadlock), so what it does must be undone by a rollback. What may take long comes before it
 * (`held-connection.ts`).
 */
export function transact<Result>(ctx: Ctx, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  return transaction(ctx.db, (tx) => whileHolding(() => work(tx)))
}

/** The id that "mine", "favourited" and the like are about; null when signed out. */
export const viewerId = (actor: Actor) => (actor.kind === 'user' ? actor.user.id : null)
