import {
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type Configuration,
} from 'openid-client'
import type { ProviderAttempt } from '../identity-providers.ts'

/** How long all requests of one step may take together. */
export const STEP_MS = 7000

type Authorization = {
  redirectUri: string
  scope: string
  isOpenId: boolean
  /** Asks for a new sign-in there, and for `auth_time` (OpenID Connect Core 1.0, 3.1.2.1). */
  reauthenticate?: boolean
}

/** The address that asks for a code, by a new attempt of 256 bits each of state, nonce and PKCE verifier. */
export async function beginAuthorization(
  config: Configuration,
  { redirectUri, scope, isOpenId, reauthenticate = false }: Authorization,
): Promise<{ url: string; attempt: ProviderAttempt }> {
  const attempt = {
    redirectUri,
    state: randomState(),
    nonce: randomNonce(),
    verifier: randomPKCECodeVerifier(),
  }
  const url = buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope,
    state: attempt.state,
    ...(isOpenId && { nonce: attempt.nonce }),
    ...(reauthenticate && { prompt: 'login', max_age: '0' }),
    code_challenge: await calculatePKCECodeChallenge(attempt.verifier),
    code_challenge_method: 'S256',
  })
  return { url: url.href, attempt }
}

/** The callback as configured, with the query that came: the host of the request is not to be believed. */
export const callbackUrl = ({ redirectUri }: ProviderAttempt, query: URLSearchParams) =>
  new URL(`${redirectUri}?${query.toString()}`)
