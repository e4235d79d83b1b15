import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { createHttpClient } from '@galley/http/client'
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ProviderAttempt } from '../identity-providers.ts'
import { createOidcProvider } from './oidc.ts'

// A provider that says whatever a test wants, signed with its own key or another: a real one never would.
const redirectUri = 'https://galley.test/auth/company/callback'
const mine = await generateKeyPair('RS256')
const foreign = await generateKeyPair('RS256')
const keys = {
  keys: [{ ...(await exportJWK(mine.publicKey)), kid: 'k', alg: 'RS256', use: 'sig' }],
}

let server: Server
let issuer: string
let idToken: (nonce: string) => string | Promise<string>
let metadata: object
let sent: URLSearchParams | undefined
const http = createHttpClient()

beforeAll(async () => {
  server = createServer((request, response) => {
    void (async () => {
      response.setHeader('content-type', 'application/json')
      sent = request.method === 'POST' ? new URLSearchParams(await text(request)) : sent
      response.end(JSON.stringify(await respond(request.url ?? '')))
    })()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await http.close()
  server.close()
})

async function respond(path: string) {
  if (path === '/jwks') return keys
  if (path !== '/token') {
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      id_token_signing_alg_values_supported: ['RS256'],
      ...metadata,
    }
  }
  return { access_token: 'at', token_type: 'bearer', id_token: await idToken(attempt.nonce) }
}

let attempt: ProviderAttempt
type Claims = Record<string, unknown>

const claims = (nonce: string, changes: Claims = {}): Claims => {
  const now = Math.floor(Date.now() / 1000)
  return {
    iss: issuer,
    aud: 'galley',
    sub: 'somebody',
    nonce,
    iat: now,
    exp: now + 60,
    email: 'a@example.org',
    email_verified: true,
    ...changes,
  }
}

const signed = (payload: Claims, { privateKey }: { privateKey: CryptoKey } = mine) =>
  new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'k' }).sign(privateKey)

async function finish(token: typeof idToken, { query = {}, described = {} } = {}) {
  idToken = token
  metadata = described
  const provider = createOidcProvider(
    { name: 'company', label: 'Company', issuer, clientId: 'galley', clientSecret: 'a+b c' },
    http,
  )
  const begun = await provider.begin(redirectUri)
  attempt = begun.attempt
  return provider.finish(
    attempt,
    new URLSearchParams({ code: 'code-canary', state: attempt.state, ...query }),
  )
}

test('OA6 a right ID token tells who it is', async () => {
  expect(await finish((nonce) => signed(claims(nonce, { auth_time: 1_700_000_000 })))).toEqual({
    subject: 'somebody',
    email: 'a@example.org',
    emailVerified: true,
    username: null,
    displayName: null,
    authenticatedAt: new Date(1_700_000_000_000),
    tokens: { accessToken: 'at', refreshToken: null },
  })
  expect(sent?.get('code_verifier')).toBe(attempt.verifier)
  expect(sent?.get('redirect_uri')).toBe(redirectUri)
})

describe('OA6 an ID token is refused', () => {
  const past = Math.floor(Date.now() / 1000) - 3600
  const cases: [name: string, problem: string, token: typeof idToken][] = [
    [
      'of another issuer',
      'JWT_CLAIM_COMPARISON_FAILED',
      (nonce) => signed(claims(nonce, { iss: 'https://evil.example' })),
    ],
    [
      'for another client',
      'JWT_CLAIM_COMPARISON_FAILED',
      (nonce) => signed(claims(nonce, { aud: 'another' })),
    ],
    [
      'for several clients and of none',
      'JWT_CLAIM_COMPARISON_FAILED',
      (nonce) => signed(claims(nonce, { aud: ['galley', 'x'] })),
    ],
    [
      'that has expired',
      'JWT_TIMESTAMP_CHECK_FAILED',
      (nonce) => signed(claims(nonce, { iat: past, exp: past + 60 })),
    ],
    ['without an end', 'INVALID_RESPONSE', (nonce) => signed(claims(nonce, { exp: undefined }))],
    ['with another nonce', 'JWT_CLAIM_COMPARISON_FAILED', () => signed(claims('another'))],
    ['without a nonce', 'INVALID_RESPONSE', (nonce) => signed(claims(nonce, { nonce: undefined }))],
    ['without a subject', 'INVALID_RESPONSE', (nonce) => signed(claims(nonce, { sub: undefined }))],
    ['signed with a foreign key', 'INVALID_RESPONSE', (nonce) => signed(claims(nonce), foreign)],
    ['not signed', 'INVALID_RESPONSE', (nonce) => new UnsecuredJWT(claims(nonce)).encode()],
    [
      'signed with the client’s secret',
      'INVALID_RESPONSE',
      (nonce) =>
        new SignJWT(claims(nonce)).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from('a+b c')),
    ],
    [
      'that was changed',
      'INVALID_RESPONSE',
      async (nonce) => swapPayload(await signed(claims(nonce)), claims(nonce, { sub: 'x' })),
    ],
    ['that is none', 'INVALID_RESPONSE', () => 'garbage'],
    ['that is missing', 'INVALID_RESPONSE', () => ''],
  ]
  test.for(cases)('%s', async ([, problem, token]) => {
    await expect(finish(token)).rejects.toMatchObject({
      code: 'identity/provider-failed',
      message: `company: OAUTH_${problem}`,
    })
  })
})

test('OA6 a callback is refused with the issuer of somebody else, or without one where it is promised', async () => {
  const right = (nonce: string) => signed(claims(nonce))
  const promised = { authorization_response_iss_parameter_supported: true }
  const failed = { code: 'identity/provider-failed' }
  await expect(finish(right, { query: { iss: 'https://evil.example' } })).rejects.toMatchObject(
    failed,
  )
  await expect(finish(right, { described: promised })).rejects.toMatchObject(failed)
  await expect(
    finish(right, { described: promised, query: { iss: issuer } }),
  ).resolves.toBeDefined()
})

test('a provider that calls itself by another name is refused', async () => {
  await expect(
    finish((nonce) => signed(claims(nonce)), { described: { issuer: 'https://evil.example' } }),
  ).rejects.toMatchObject({ code: 'identity/provider-failed' })
})

test('errors tell what went wrong, and neither code nor token', async () => {
  const error = await finish(() => 'token-canary').catch((reason: unknown) => reason)
  expect(error).toMatchObject({ message: expect.stringMatching(/^company: OAUTH_[A-Z_]+$/) })
  expect(error).not.toHaveProperty('cause')
  expect(JSON.stringify(error)).not.toContain('canary')
  await expect(
    finish(() => '', { query: { error: 'access_denied', error_description: 'canary' } }),
  ).rejects.toMatchObject({ code: 'identity/denied', message: 'company: access_denied' })
  await expect(finish(() => '', { query: { error: 'Canary <script>' } })).rejects.toMatchObject({
    message: 'company: error',
  })
})

test('plain http is for this machine only', () => {
  const settings = { name: 'x', label: 'X', clientId: 'a', clientSecret: 'b' }
  for (const issuer of ['http://id.example', 'http://10.0.0.1', 'http://localhost.example']) {
    expect(() => createOidcProvider({ ...settings, issuer }, http)).toThrow('must be https')
  }
})

function swapPayload(token: string, payload: Claims) {
  const [head, , signature] = token.split('.')
  return [head, Buffer.from(JSON.stringify(payload)).toString('base64url'), signature].join('.')
}
