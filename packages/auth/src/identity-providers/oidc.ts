import type { HttpClient } from '@galley/http/client'
import { fetchThrough } from '@galley/http/fetch'
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  getJwksCache,
  setJwksCache,
  tokenRevocation,
  type CustomFetch,
  type ExportedJWKSCache,
  type ServerMetadata,
} from 'openid-client'
import type { IdentityProvider } from '../identity-providers.ts'
import { beginAuthorization, callbackUrl, STEP_MS } from './authorization.ts'
import { atProvider } from './failure.ts'
import { isLoopback } from './loopback.ts'
import { toPerson } from './person.ts'

export type OidcSettings = {
  name: string
  label: string
  issuer: string
  clientId: string
  clientSecret: string
}

/** How long the description that a provider gives of itself is kept. */
const DISCOVERY_MS = 60 * 60_000

/**
 * Any provider that speaks OpenID Connect Core 1.0 and Discovery 1.0. Of an ID token the signature, `iss`, `aud`, `exp`
 * and `nonce` are checked; of the callback `state`, and `iss` where the provider sends it (RFC 9207).
 */
export function createOidcProvider(settings: OidcSettings, http: HttpClient): IdentityProvider {
  const { name, label, clientId, clientSecret } = settings
  const issuer = new URL(settings.issuer)
  const isInsecure = issuer.protocol === 'http:'
  if (isInsecure && !isLoopback(issuer)) throw new Error(`The issuer of ${name} must be https`)
  let found: { metadata: ServerMetadata; until: number } | undefined
  let keys: ExportedJWKSCache | undefined

  return {
    name,
    label,
    canReauthenticate: true,
    begin: (redirectUri, { reauthenticate = false } = {}) =>
      atProvider(name, async () => {
        const scope = 'openid email profile'
        return beginAuthorization(await connect(), {
          redirectUri,
          scope,
          isOpenId: true,
          reauthenticate,
        })
      }),
    finish: (attempt, query) =>
      atProvider(name, async () => {
        const config = await connect()
        const tokens = await authorizationCodeGrant(config, callbackUrl(attempt, query), {
          expectedState: attempt.state,
          expectedNonce: attempt.nonce,
          pkceCodeVerifier: attempt.verifier,
          idTokenExpected: true,
        })
        keys = getJwksCache(config)
        const claims = tokens.claims()
        if (!claims) throw new Error('There is no ID token')
        const asks = claims.email === undefined && config.serverMetadata().userinfo_endpoint
        const more = asks ? await fetchUserInfo(config, tokens.access_token, claims.sub) : {}
        return toPerson({ ...more, ...claims, auth_time: claims.auth_time }, tokens)
      }),
    revoke: ({ accessToken, refreshToken }) =>
      atProvider(name, async () => {
        const config = await connect()
        const token = refreshToken ?? accessToken
        if (token === null || !config.serverMetadata().revocation_endpoint) return
        await tokenRevocation(config, token)
      }),
  }

  /** Made for each step, because its requests share one deadline. */
  async function connect() {
    const fetch = fetchThrough(http, { deadline: performance.now() + STEP_MS })
    const metadata = await describe(fetch)
    const config = new Configuration(metadata, clientId, undefined, authentication(metadata))
    config[customFetch] = fetch
    enableNonRepudiationChecks(config)
    if (isInsecure) allowInsecureRequests(config)
    if (keys) setJwksCache(config, keys)
    return config
  }

  async function describe(fetch: CustomFetch) {
    if (found && performance.now() < found.until) return found.metadata
    const config = await discovery(issuer, clientId, undefined, undefined, {
      [customFetch]: fetch,
      timeout: STEP_MS / 1000,
      ...(isInsecure && { execute: [allowInsecureRequests] }),
    })
    found = { metadata: config.serverMetadata(), until: performance.now() + DISCOVERY_MS }
    return found.metadata
  }

  // Basic authentication is what a provider understands that names no other (Discovery 1.0, 3).
  function authentication({ token_endpoint_auth_methods_supported: methods = [] }: ServerMetadata) {
    const inBody = methods.includes('client_secret_post')
    return inBody ? ClientSecretPost(clientSecret) : ClientSecretBasic(clientSecret)
  }
}
