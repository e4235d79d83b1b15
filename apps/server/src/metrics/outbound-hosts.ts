import type { Env } from '../env.ts'

type Addresses = Pick<
  Env,
  'GITHUB_URL' | 'GITHUB_API_URL' | 'OIDC_PROVIDERS' | 'PASSWORD_BREACH_URL'
>

/** Google's own addresses, as its discovery document names them. */
const google = ['accounts.google.com', 'oauth2.googleapis.com', 'www.googleapis.com']

/** The hosts that the configuration names: each has series of its own, since nobody else can add to them. */
export function outboundHosts(env: Addresses): ReadonlySet<string> {
  const { GITHUB_URL, GITHUB_API_URL, PASSWORD_BREACH_URL, OIDC_PROVIDERS } = env
  const addresses = [
    GITHUB_URL,
    GITHUB_API_URL,
    ...(PASSWORD_BREACH_URL === undefined ? [] : [PASSWORD_BREACH_URL]),
    ...OIDC_PROVIDERS.map(({ issuer }) => issuer),
  ]
  return new Set([...google, ...addresses.map((address) => new URL(address).host)])
}
