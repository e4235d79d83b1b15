import type { AppDeps } from '@galley/api/ctx'
import { createAccessTokens } from '@galley/auth/access-tokens'
import { createBearerTokens } from '@galley/auth/bearer'
import { createBreaches } from '@galley/auth/breaches'
import { createLuciaSessions } from '@galley/auth/lucia'
import { createOneTimeTokens } from '@galley/auth/one-time-tokens'
import { createPasswordRules } from '@galley/auth/password-rules'
import { createPasskeys } from '@galley/auth/passkeys'
import { createPasswordHasher } from '@galley/auth/passwords'
import { createRecoveryCodes, createTotp } from '@galley/auth/second-factor'
import { createSecretBox } from '@galley/auth/secret-box'
import { createSigningKeys } from '@galley/auth/signing-keys'
import type { Db } from '@galley/db/client'
import type { HttpClient } from '@galley/http/client'
import type { LimitStores } from '@galley/limits/stores'
import { createCodeThrottle, createSignInThrottle } from '@galley/limits/throttle'
import type { Log } from '@galley/platform/ctx'
import type { Env } from './env.ts'
import { createIdentityProviders } from './identity-providers.ts'
import type { Running } from './metrics/start.ts'

type Options = {
  env: Env
  log: Log
  site: AppDeps['site']
  db: Db
  http: HttpClient
  limits: LimitStores
  /** Counts what throttles refuse. */
  counted: Running['adapters']['throttle']
}

/** What people sign in with and are known by. */
export function createAuthDeps({ env, log, site, db, http, limits, counted }: Options) {
  const secretBox = createSecretBox(env.ENCRYPTION_KEYS)
  const signingKeys = createSigningKeys(db, secretBox)
  const accessTokens = createAccessTokens(signingKeys, site.origin)
  return {
    sessions: createLuciaSessions({
      idleDays: env.SESSION_IDLE_DAYS,
      absoluteDays: env.SESSION_ABSOLUTE_DAYS,
    }),
    passwords: createPasswordHasher(),
    passwordRules: createPasswordRules(breachesOf(env, http, log)),
    signInThrottle: counted('sign-in-throttle', createSignInThrottle(limits.throttles)),
    codeThrottle: counted('code-throttle', createCodeThrottle(limits.throttles)),
    oneTimeTokens: createOneTimeTokens(),
    secretBox,
    signingKeys,
    accessTokens,
    bearerTokens: createBearerTokens(db, accessTokens),
    totp: createTotp(site),
    recoveryCodes: createRecoveryCodes(),
    passkeys: createPasskeys(site),
    identityProviders: createIdentityProviders(env, http),
  }
}

function breachesOf({ PASSWORD_BREACH_URL: url }: Env, http: HttpClient, log: Log) {
  if (url === undefined) return {}
  const onFailure = (error: unknown) =>
    log.warn({ err: error }, 'breached passwords could not be looked up')
  return { breaches: createBreaches({ http, url, onFailure }) }
}
