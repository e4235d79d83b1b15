import { createHttpClient } from '@galley/http/client'
import { startGithubServer, type GithubAccount } from '@galley/testing/github-server'
import { afterAll, expect, test } from 'vitest'
import { createGithubProvider } from './github.ts'

const client = { clientId: 'Iv1.galley', clientSecret: 'secret-canary' }
const github = await startGithubServer(client)
const http = createHttpClient()
const provider = createGithubProvider({ ...client, url: github.url, apiUrl: github.url }, http)
afterAll(() => Promise.all([github.close(), http.close()]))

const redirectUri = 'https://galley.test/auth/github/callback'
const primary = { email: 'octo@example.org', primary: true, verified: true, visibility: 'private' }
const octo: GithubAccount = {
  id: 583_231,
  login: 'Octo-Cat',
  name: 'Octo Cat',
  emails: [{ ...primary, email: 'other@example.org', primary: false }, primary],
}

async function signIn(account: GithubAccount, change: Record<string, string> = {}) {
  const { url, attempt } = await provider.begin(redirectUri)
  const query = new URL(github.authorize(url, account)).searchParams
  for (const [name, value] of Object.entries(change)) query.set(name, value)
  return provider.finish(attempt, query)
}

test('who came is known by the number of the account, with the primary address', async () => {
  const person = await signIn(octo)
  expect(person).toEqual({
    subject: '583231',
    email: 'octo@example.org',
    emailVerified: true,
    username: 'Octo-Cat',
    displayName: 'Octo Cat',
    authenticatedAt: null,
    tokens: { accessToken: expect.stringMatching(/^gho_/), refreshToken: null },
  })
})

test('GitHub is asked with PKCE and a state, and without a nonce', async () => {
  const { url } = await provider.begin(redirectUri)
  const { origin, pathname, searchParams } = new URL(url)
  expect(origin + pathname).toBe(`${github.url}/login/oauth/authorize`)
  expect(Object.fromEntries(searchParams)).toEqual({
    client_id: client.clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'read:user user:email',
    state: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
  })
})

test('an address that is not verified is reported as such, and so is a missing one', async () => {
  const unverified = { ...octo, emails: [{ ...primary, verified: false }] }
  expect(await signIn(unverified)).toMatchObject({
    email: 'octo@example.org',
    emailVerified: false,
  })
  expect(await signIn({ ...octo, name: null, emails: [] })).toMatchObject({
    email: null,
    emailVerified: false,
    displayName: null,
  })
})

test('codes that are made up, of another attempt, and other issuers are refused', async () => {
  const { url } = await provider.begin(redirectUri)
  const code = new URL(github.authorize(url, octo)).searchParams.get('code') ?? ''
  const changes: Record<string, string>[] = [
    { code: 'made-up' },
    { code },
    { iss: 'https://evil.example' },
    { state: 'x' },
  ]
  for (const change of changes) {
    await expect(signIn(octo, change)).rejects.toMatchObject({ code: 'identity/provider-failed' })
  }
  await expect(signIn(octo, { error: 'access_denied' })).rejects.toMatchObject({
    code: 'identity/denied',
  })
})

test('tokens are revoked, and a second time is no error', async () => {
  const { tokens } = await signIn(octo)
  expect(github.tokens).toContain(tokens.accessToken)
  await provider.revoke(tokens)
  expect(github.tokens).not.toContain(tokens.accessToken)
  await provider.revoke(tokens)
})
