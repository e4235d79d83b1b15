import { createGithubProvider } from '@galley/auth/github-provider'
import type { IdentityProvider } from '@galley/auth/identity-providers'
import { createOidcProvider } from '@galley/auth/oidc-provider'
import type { HttpClient } from '@galley/http/client'
import type { Env } from './env.ts'

export type ProviderEnv = Pick<
  Env,
  | 'GITHUB_CLIENT_ID'
  | 'GITHUB_CLIENT_SECRET'
  | 'GITHUB_URL'
  | 'GITHUB_API_URL'
  | 'GOOGLE_CLIENT_ID'
  | 'GOOGLE_CLIENT_SECRET'
  | 'OIDC_PROVIDERS'
>

/** The configured providers, in the order in which people are offered them. Asks none of them anything yet. */
export function createIdentityProviders(env: ProviderEnv, http: HttpClient): IdentityProvider[] {
  const { GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET, GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET } = env
  const providers = env.OIDC_PROVIDERS.map((settings) => createOidcProvider(settings, http))
  if (GOOGLE_CLIENT_ID && GOOGLE_CLIENT_SECRET) {
    const google = { name: 'google', label: 'Google', issuer: 'https://accounts.google.com' }
    const client = { clientId: GOOGLE_CLIENT_ID, clientSecret: GOOGLE_CLIENT_SECRET }
    providers.unshift(createOidcProvider({ ...google, ...client }, http))
  }
  if (GITHUB_CLIENT_ID && GITHUB_CLIENT_SECRET) {
    const places = { url: env.GITHUB_URL, apiUrl: env.GITHUB_API_URL }
    const client = { clientId: GITHUB_CLIENT_ID, clientSecret: GITHUB_CLIENT_SECRET }
    providers.unshift(createGithubProvider({ ...places, ...client }, http))
  }
  return providers
}
