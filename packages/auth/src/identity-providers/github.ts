import type { HttpClient } from '@galley/http/client'
import { HttpError } from '@galley/http/error'
import { fetchThrough, readJson } from '@galley/http/fetch'
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  ClientSecretPost,
  Configuration,
  customFetch,
} from 'openid-client'
import { z } from 'zod'
import type { IdentityProvider } from '../identity-providers.ts'
import { beginAuthorization, callbackUrl, STEP_MS } from './authorization.ts'
import { atProvider } from './failure.ts'
import { isLoopback } from './loopback.ts'
import { toTokens } from './person.ts'

export type GithubSettings = {
  clientId: string
  clientSecret: string
  /** `https://github.com`, or a GitHub Enterprise Server. */
  url: string
  /** `https://api.github.com`, or `https://<server>/api/v3`. */
  apiUrl: string
}

const GithubUser = z.object({
  id: z.int().positive(),
  login: z.string(),
  name: z.string().nullish(),
})

const GithubEmails = z.array(
  z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }),
)

/**
 * GitHub speaks OAuth 2.0 with PKCE, but not OpenID Connect: who came is asked of its API. Its `iss` is checked where
 * it comes; older servers do not send it, and against a mix-up each provider has a callback of its own (RFC 9700, 4.4.2).
 */
export function createGithubProvider(
  { clientId, clientSecret, url, apiUrl }: GithubSettings,
  http: HttpClient,
): IdentityProvider {
  const name = 'github'
  return {
    name,
    label: 'GitHub',
    canReauthenticate: false,
    begin: (redirectUri) =>
      atProvider(name, () => {
        const scope = 'read:user user:email'
        return beginAuthorization(configure(deadline()), { redirectUri, scope, isOpenId: false })
      }),
    finish: (attempt, query) =>
      atProvider(name, async () => {
        const until = deadline()
        const tokens = await authorizationCodeGrant(configure(until), callbackUrl(attempt, query), {
          expectedState: attempt.state,
          pkceCodeVerifier: attempt.verifier,
        })
        const read = <Output>(path: string, schema: z.ZodType<Output>) =>
          readApi(path, schema, { token: tokens.access_token, until })
        const user = await read('/user', GithubUser)
        const emails = await read('/user/emails', GithubEmails)
        const primary = emails.find((email) => email.primary)
        return {
          subject: String(user.id),
          email: primary?.email ?? null,
          emailVerified: primary?.verified ?? false,
          username: user.login,
          displayName: user.name ?? null,
          authenticatedAt: null,
          tokens: toTokens(tokens),
        }
      }),
    revoke: ({ accessToken }) =>
      atProvider(name, async () => {
        if (accessToken === null) return
        const { status } = await http.send({
          url: `${apiUrl}/applications/${clientId}/token`,
          route: '/applications/{clientId}/token',
          method: 'DELETE',
          headers: {
            authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
            'content-type': 'application/json',
          },
          body: JSON.stringify({ access_token: accessToken }),
          timeoutMs: STEP_MS,
        })
        // 404 and 422: it does not know the token, or no longer.
        if (![204, 404, 422].includes(status)) throw new HttpError('invalid', 'Not revoked')
      }),
  }

  function configure(until: number) {
    const server = {
      issuer: `${url}/login/oauth`,
      authorization_endpoint: `${url}/login/oauth/authorize`,
      token_endpoint: `${url}/login/oauth/access_token`,
    }
    const config = new Configuration(server, clientId, undefined, ClientSecretPost(clientSecret))
    config[customFetch] = fetchThrough(http, { deadline: until })
    if (isLoopback(new URL(url))) allowInsecureRequests(config)
    return config
  }

  async function readApi<Output>(
    path: string,
    schema: z.ZodType<Output>,
    { token, until }: { token: string; until: number },
  ) {
    const response = await http.send({
      url: apiUrl + path,
      route: path,
      headers: { authorization: `Bearer ${token}`, accept: 'application/vnd.github+json' },
      timeoutMs: Math.max(1, until - performance.now()),
    })
    if (response.status !== 200) throw new HttpError('invalid', 'Not the status of success')
    return readJson(response, schema)
  }
}

const deadline = () => performance.now() + STEP_MS
