/** What one attempt at a provider is bound to (RFC 9700, 2.1): made for each attempt, kept where only its browser leads. */
export type ProviderAttempt = {
  redirectUri: string
  state: string
  nonce: string
  /** PKCE (RFC 7636). */
  verifier: string
}

export type ProviderTokens = { accessToken: string | null; refreshToken: string | null }

/** A person as a provider knows them; the texts are as it sent them, so not to be trusted in form or length. */
export type ProviderPerson = {
  /** Never given to another person there; with the provider's name it is who somebody is. */
  subject: string
  email: string | null
  /** Whether the provider says that the address is this person's. */
  emailVerified: boolean
  username: string | null
  displayName: string | null
  /** When the person last proved to the provider who they are, where it says so. */
  authenticatedAt: Date | null
  tokens: ProviderTokens
}

/**
 * Where people have accounts that they may sign in with: OAuth 2.0 with the authorization code, PKCE and state, after
 * RFC 9700. Each call ends within eight seconds; each rejects with IdentityProviderFailed, whose message is safe to log.
 */
export type IdentityProvider = {
  name: string
  /** As buttons call it. */
  label: string
  /** Whether it can be asked to let people prove again who they are, and says when they did. */
  canReauthenticate: boolean
  /** Where to send the browser, and what must be kept until it is back. */
  begin(
    redirectUri: string,
    options?: { reauthenticate?: boolean },
  ): Promise<{ url: string; attempt: ProviderAttempt }>
  /** Who came back; `query` is that of the callback. Rejects with IdentityDenied when the person has declined. */
  finish(attempt: ProviderAttempt, query: URLSearchParams): Promise<ProviderPerson>
  /** Tells the provider that the tokens are no longer needed, where it wants to know. */
  revoke(tokens: ProviderTokens): Promise<void>
}
