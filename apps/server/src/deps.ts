import { createBreaches } from '@galley/auth/breaches'
import { createLuciaSessions } from '@galley/auth/lucia'
import { createOneTimeTokens } from '@galley/auth/one-time-tokens'
import { createPasswordRules } from '@galley/auth/password-rules'
import { createPasskeys } from '@galley/auth/passkeys'
import { createPasswordHasher } from '@galley/auth/passwords'
import { createRecoveryCodes } from '@galley/auth/recovery-codes'
import { createSecretBox } from '@galley/auth/secret-box'
import { createMemoryThrottle } from '@galley/auth/throttle'
import type { AppDeps, Log } from '@galley/core/ctx'
import { createDb } from '@galley/db/client'
import { createHttpClient, type HttpClient } from '@galley/http/client'
import type { Mailer } from '@galley/mail/mailer'
import { createSmtpMailer } from '@galley/mail/smtp'
import { createMarkdownRenderer } from '@galley/markdown/renderer'
import type { Env } from './env.ts'
import { createMemoryRateLimiter, type RateLimiter } from './rate-limiter.ts'

export type Deps = AsyncDisposable & {
  /** What the domain works with. */
  domain: AppDeps
  rateLimiter: RateLimiter
  /** Resolves when the database answers in time, rejects otherwise. */
  pingDatabase(timeoutMs: number): Promise<void>
}

const CLOSE_SECONDS = 2

const silent: Log = { info() {}, warn() {}, error() {} }

/** Chooses every adapter of this process. Opens no connection before the first query. */
export function createDeps(env: Env, log: Log = silent): Deps {
  const database = createDb(env.DATABASE_URL, {
    max: env.DATABASE_POOL_MAX,
    applicationName: 'galley-server',
  })
  const markdown = createMarkdownRenderer()
  const http = createHttpClient({
    onAttempt: (attempt) => log.info(attempt, 'outbound request'),
  })
  const site = { name: env.SITE_NAME, origin: env.PUBLIC_ORIGIN }
  return {
    domain: {
      db: database.db,
      sessions: createLuciaSessions(database.db),
      passwords: createPasswordHasher(),
      passwordRules: createPasswordRules(breachesOf(env, http, log)),
      signInThrottle: createMemoryThrottle(),
      oneTimeTokens: createOneTimeTokens(),
      secretBox: createSecretBox(env.ENCRYPTION_KEYS),
      totp: createTotp(env.SITE_NAME),
      recoveryCodes: createRecoveryCodes(),
      passkeys: createPasskeys({ name: env.SITE_NAME, origin: env.PUBLIC_ORIGIN }),
      jobs: { enqueue: async () => null },
      mailer: mailerOf(env, site),
      markdown,
      site,
    },
    rateLimiter: createMemoryRateLimiter(env.RATE_LIMIT_PER_MINUTE),
    pingDatabase: database.ping,
    async [Symbol.asyncDispose]() {
      await Promise.allSettled([markdown.close(), http.close(), database.close(CLOSE_SECONDS)])
    },
  }
}

function breachesOf({ PASSWORD_BREACH_URL: url }: Env, http: HttpClient, log: Log) {
  if (url === undefined) return {}
  const onFailure = (error: unknown) =>
    log.warn({ err: error }, 'breached passwords could not be looked up')
  return { breaches: createBreaches({ http, url, onFailure }) }
}

/** Without a mail server, letters wait as failed jobs. */
function mailerOf({ SMTP_URL, MAIL_FROM }: Env, site: AppDeps['site']): Mailer {
  if (SMTP_URL !== undefined) return createSmtpMailer({ url: SMTP_URL, from: MAIL_FROM, site })
  return { send: () => Promise.reject(new Error('SMTP_URL is not set')) }
}
