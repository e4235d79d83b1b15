import {
  createHmac,
  createPublicKey,
  createSign,
  generateKeyPairSync,
  randomUUID,
  type KeyObject,
} from 'node:crypto'
import { createSecretBox } from '@galley/auth/secret-box'
import { createSigningKeys } from '@galley/auth/signing-keys'
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { EncryptionKeys } from '../../../src/env/secrets.ts'
import { useApp } from '../../app.ts'
import { ENCRYPTION_KEYS } from '../../encryption-keys.ts'
import { signUp } from '../../people.ts'
import { bearer, createApiToken, signInProgram, whoIs } from './tokens.ts'

const on = useApp()
const attacker = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })

const encode = (part: object | string) =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url')

/** The real token that all forgeries begin with, and what an attacker can know of us. */
async function observe() {
  const person = await signUp(on)
  const pair = await signInProgram(on, person)
  const [head = '', body = '', signature = ''] = pair.accessToken.split('.')
  const header = decodeProtectedHeader(pair.accessToken)
  const claims = decodeJwt(pair.accessToken)
  const { keys } = (await on.app.inject('/.well-known/jwks.json')).json()
  const publicPem = createPublicKey({ key: keys[0], format: 'jwk' }).export({
    type: 'spki',
    format: 'pem',
  })
  return { person, pair, head, body, signature, header, claims, jwk: keys[0], publicPem }
}

let seen: Awaited<ReturnType<typeof observe>>
beforeAll(async () => {
  seen = await observe()
})

type Part = Record<string, unknown>

/** Signed by somebody else's key, or by none. */
function forge(header: Part, claims: Part, key: KeyObject | string | null) {
  const input = `${encode(header)}.${encode(claims)}`
  if (key === null) return `${input}.`
  if (typeof key === 'string') {
    return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`
  }
  const signer = createSign('SHA256').update(input)
  return `${input}.${signer.sign({ key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}

const { privateKey } = attacker
const attackerJwk = attacker.publicKey.export({ format: 'jwk' })

const forgeries: Record<string, () => string> = {
  'alg none': () => forge({ ...seen.header, alg: 'none' }, seen.claims, null),
  'alg None': () => forge({ ...seen.header, alg: 'None' }, seen.claims, null),
  'alg NONE with our signature': () =>
    `${encode({ ...seen.header, alg: 'NONE' })}.${seen.body}.${seen.signature}`,
  'no alg': () => forge({ typ: 'at+jwt', kid: seen.header.kid }, seen.claims, null),
  'HS256 with the public key as PEM': () =>
    forge({ ...seen.header, alg: 'HS256' }, seen.claims, seen.publicPem),
  'HS256 with the public key as JSON': () =>
    forge({ ...seen.header, alg: 'HS256' }, seen.claims, JSON.stringify(seen.jwk)),
  'HS256 with a coordinate of the public key': () =>
    forge({ ...seen.header, alg: 'HS256' }, seen.claims, seen.jwk.x),
  'HS256 with an empty key': () => forge({ ...seen.header, alg: 'HS256' }, seen.claims, ''),
  RS256: () => forge({ ...seen.header, alg: 'RS256' }, seen.claims, rsa.privateKey),
  'ES384 in name': () => forge({ ...seen.header, alg: 'ES384' }, seen.claims, privateKey),
  'another key under our key id': () => forge(seen.header, seen.claims, privateKey),
  'another key that it brings as jwk': () =>
    forge({ ...seen.header, jwk: attackerJwk }, seen.claims, privateKey),
  'the same without a key id': () =>
    forge({ alg: 'ES256', typ: 'at+jwt', jwk: attackerJwk }, seen.claims, privateKey),
  jku: () => forge({ ...seen.header, jku: 'https://evil.example/jwks' }, seen.claims, privateKey),
  x5u: () => forge({ ...seen.header, x5u: 'https://evil.example/c' }, seen.claims, privateKey),
  x5c: () => forge({ ...seen.header, x5c: ['MIIB'] }, seen.claims, privateKey),
  'kid that climbs': () =>
    forge({ ...seen.header, alg: 'HS256', kid: '../../../../dev/null' }, seen.claims, ''),
  'kid of SQL': () => forge({ ...seen.header, kid: "' or '1'='1" }, seen.claims, privateKey),
  'kid with NUL': () => forge({ ...seen.header, kid: '\0' }, seen.claims, privateKey),
  'kid that is no text': () => forge({ ...seen.header, kid: [1] }, seen.claims, privateKey),
  'kid that is unknown': () =>
    forge({ ...seen.header, kid: randomUUID() }, seen.claims, privateKey),
  crit: () => forge({ ...seen.header, crit: ['b64'], b64: false }, seen.claims, privateKey),
  'our header with one more field': () =>
    `${encode({ ...seen.header, jku: 'https://evil.example' })}.${seen.body}.${seen.signature}`,
  'an empty signature': () => `${seen.head}.${seen.body}.`,
  'a signature of zeros': () =>
    `${seen.head}.${seen.body}.${Buffer.alloc(64).toString('base64url')}`,
  'half a signature': () => `${seen.head}.${seen.body}.${seen.signature.slice(0, 43)}`,
  'a changed signature': () => `${seen.head}.${seen.body}.${flip(seen.signature)}`,
  'a changed person': () =>
    `${seen.head}.${encode({ ...seen.claims, sub: randomUUID() })}.${seen.signature}`,
  'a later end': () =>
    `${seen.head}.${encode({ ...seen.claims, exp: 9_999_999_999 })}.${seen.signature}`,
  'two parts': () => `${seen.head}.${seen.body}`,
  'four parts': () => `${seen.pair.accessToken}.${seen.signature}`,
  'five parts, as if encrypted': () => `${seen.head}....${seen.signature}`,
  cut: () => seen.pair.accessToken.slice(0, -1),
  padded: () => `${seen.pair.accessToken}=`,
  'with a blank': () => `${seen.pair.accessToken} ${seen.pair.accessToken}`,
  'header that is no JSON': () => `${encode('{')}.${seen.body}.${seen.signature}`,
  'ten thousand characters': () => `${seen.head}.${'A'.repeat(10_000)}.${seen.signature}`,
  nothing: () => '',
}

test('the token that they are made from is good', async () => {
  const response = await whoIs(on, seen.pair.accessToken)
  expect(response.statusCode).toBe(200)
  expect(response.json().result.data.user.id).toBe(seen.person.id)
  expect(Object.keys(forgeries).length).toBeGreaterThanOrEqual(25)
  expect(seen.header).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: seen.jwk.kid })
  expect(Object.keys(seen.claims).toSorted()).toEqual(
    [
      'aud',
      'client_id',
      'exp',
      'iat',
      'iss',
      'jti',
      'nbf',
      'scope',
      'sid',
      'sub',
      'ver',
    ].toSorted(),
  )
  expect(Number(seen.claims.exp) - Number(seen.claims.iat)).toBeLessThanOrEqual(900)
})

test.for(Object.entries(forgeries))('JW1 forged: %s', async ([, make]) => {
  await expectRefused(make())
})

describe('JW2 signed by our own key, but', () => {
  /** As nobody but us could make it. */
  async function sign(changes: Part, header: Part = {}) {
    const box = createSecretBox(EncryptionKeys.parse(ENCRYPTION_KEYS))
    const key = await createSigningKeys(on.database.db, box).current(on.database.db)
    return new SignJWT({ ...seen.claims, ...changes })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: key.kid, ...header })
      .sign(key.privateKey)
  }
  const now = () => Math.floor(Date.now() / 1000)

  test('nothing else changed: that is good', async () => {
    expect((await whoIs(on, await sign({}))).statusCode).toBe(200)
  })

  const wrong: Record<string, () => [Part, Part?]> = {
    'for another audience': () => [{ aud: 'https://other.example' }],
    'for no audience': () => [{ aud: undefined }],
    'from another issuer': () => [{ iss: 'https://evil.example' }],
    'from no issuer': () => [{ iss: undefined }],
    expired: () => [{ iat: now() - 700, nbf: now() - 700, exp: now() - 10 }],
    'without an end': () => [{ exp: undefined }],
    'not valid yet': () => [{ nbf: now() + 60 }],
    'valid from no time on': () => [{ nbf: undefined }],
    'of the future': () => [{ iat: now() + 60 }],
    'older than a token gets': () => [{ iat: now() - 1000, exp: now() + 1000 }],
    'of no time': () => [{ iat: undefined }],
    'of the type JWT': () => [{}, { typ: 'JWT' }],
    'of no type': () => [{}, { typ: undefined }],
    'of the type of an id token': () => [{}, { typ: 'id+jwt' }],
    'for nobody': () => [{ sub: undefined }],
    'for somebody who is not there': () => [{ sub: randomUUID() }],
    'from a sign-in that is not there': () => [{ sid: randomUUID() }],
    'from no sign-in': () => [{ sid: undefined }],
    'of an older version of the person': () => [{ ver: Number(seen.claims.ver) - 1 }],
    'of a version beyond what is counted': () => [{ ver: 2 ** 31 }],
    'of no version': () => [{ ver: undefined }],
    'without scopes': () => [{ scope: undefined }],
    'with a key in its header': () => [{}, { jwk: attackerJwk }],
  }

  test.for(Object.entries(wrong))('%s', async ([, changes]) => {
    await expectRefused(await sign(...changes()))
  })
})

test('JW2 a token of one kind is none of another', async () => {
  const { person, pair } = seen
  const { token } = await createApiToken(on, person, ['profile:read'])
  const session = person.cookie.split('=')[1] ?? ''
  await expectRefused(pair.refreshToken)
  await expectRefused(session)
  await expectRefused(`${token.slice(0, -1)}${token.endsWith('x') ? 'y' : 'x'}`)
  await expectRefused(token.slice(4))
  for (const refreshToken of [pair.accessToken.slice(0, 200), session, token]) {
    const response = await on.post('/api/v1/auth/refresh', { refreshToken })
    expect(response.statusCode).toBe(401)
    expect(response.json().reason).toBe('token/invalid')
  }
  for (const value of [token, pair.refreshToken, pair.accessToken]) {
    const { headers, statusCode, body } = await on.app.inject({
      url: '/trpc/sessions.current',
      headers: { cookie: `__Host-galley-session=${value}` },
    })
    expect(statusCode).toBe(200)
    expect(body).toContain('"user":null')
    expect(String(headers['set-cookie'])).toContain('Max-Age=0')
  }
})

test('a header without a scheme is a wrong token; the password of a proxy is none', async () => {
  for (const authorization of ['gly_x', 'Bearer', 'bearer ', 'BEARER x']) {
    const headers = { authorization }
    const response = await on.app.inject({ url: '/trpc/sessions.current', headers })
    expect(response.statusCode).toBe(401)
  }
  const basic = { authorization: 'Basic dXNlcjpwYXNz' }
  const response = await on.app.inject({ url: '/trpc/sessions.current', headers: basic })
  expect(response.json()).toEqual({ result: { data: { user: null } } })
})

async function expectRefused(token: string) {
  for (const url of ['/trpc/sessions.current', '/trpc/site.get']) {
    const response = await on.app.inject({ url, headers: bearer(token) })
    expect(response.statusCode).toBe(401)
    expect(response.headers['www-authenticate']).toBe('Bearer error="invalid_token"')
    expect(response.json().error.data).toMatchObject({
      code: 'UNAUTHORIZED',
      reason: 'token/invalid',
    })
  }
}

const flip = (signature: string) => `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`
