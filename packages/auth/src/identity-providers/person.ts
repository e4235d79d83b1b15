import type { ProviderPerson, ProviderTokens } from '../identity-providers.ts'

type Claims = { sub: string } & Record<string, unknown>
type TokenResponse = { access_token: string; refresh_token?: string }

/** The standard claims (OpenID Connect Core 1.0, 5.1) that matter here. `email_verified` counts only as the boolean that it is. */
export function toPerson(claims: Claims, tokens: TokenResponse): ProviderPerson {
  return {
    subject: claims.sub,
    email: textOf(claims.email),
    emailVerified: claims.email_verified === true,
    username: textOf(claims.preferred_username) ?? textOf(claims.nickname),
    displayName: textOf(claims.name),
    authenticatedAt: timeOf(claims.auth_time),
    tokens: toTokens(tokens),
  }
}

export const toTokens = (response: TokenResponse): ProviderTokens => ({
  accessToken: response.access_token,
  refreshToken: response.refresh_token ?? null,
})

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)

/** Seconds since 1970 (OpenID Connect Core 1.0, 2). */
const timeOf = (value: unknown) =>
  typeof value === 'number' && Number.isSafeInteger(value) ? new Date(value * 1000) : null
