import { signingKeys } from '@galley/db/schema'
import { revokeSigningKeys, rotateSigningKeys } from '@galley/platform/tokens/signing-keys'
import { systemCtx } from '@galley/platform/ctx'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createLocalJWKSet, jwtVerify } from 'jose'
import type { TestApp } from '../../app.ts'
import { useNotesApp } from '../../notes.ts'
import { signUp } from '../../people.ts'
import { bearer, createApiToken, signInProgram, whoIs } from './tokens.ts'

const on = useNotesApp()
const other = useNotesApp({}, { beside: on })

afterEach(() => {
  vi.useRealTimers()
})
const wait = (ms: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms })

const statusOf = async (app: TestApp, token: string) => (await whoIs(app, token)).statusCode

describe('POST /api/v1/auth', () => {
  test('sign-in, refresh and sign-out of a program, without a cookie', async () => {
    const person = await signUp(on)
    const credentials = { email: person.email.toUpperCase(), password: person.password }
    const signedIn = await on.post('/api/v1/auth/tokens', credentials)
    expect(signedIn.statusCode).toBe(200)
    expect(signedIn.headers).toMatchObject({ 'cache-control': 'no-store' })
    expect(signedIn.headers).not.toHaveProperty('set-cookie')
    const { accessToken, refreshToken, ...rest } = signedIn.json()
    expect(rest).toEqual({
      tokenType: 'Bearer',
      expiresIn: 600,
      refreshExpiresIn: expect.any(Number),
    })
    expect((await whoIs(on, accessToken)).json().result.data.user.id).toBe(person.id)

    const refreshed = await on.post('/api/v1/auth/refresh', { refreshToken })
    expect(refreshed.statusCode).toBe(200)
    expect(refreshed.headers).not.toHaveProperty('set-cookie')
    expect(await statusOf(on, refreshed.json().accessToken)).toBe(200)

    for (const token of [refreshToken, refreshToken, 'glr_unknown', 'x']) {
      const revoked = await on.post('/api/v1/auth/revoke', { refreshToken: token })
      expect([revoked.statusCode, revoked.json()]).toEqual([200, {}])
    }
    expect(await statusOf(on, refreshed.json().accessToken)).toBe(401)
    const { statusCode } = await on.post('/api/v1/auth/refresh', refreshed.json())
    expect(statusCode).toBe(400)
    const late = { refreshToken: refreshed.json().refreshToken }
    expect((await on.post('/api/v1/auth/refresh', late)).statusCode).toBe(401)
  })

  test('AU4 a wrong password and an unknown address get the same answer', async () => {
    const person = await signUp(on)
    const answers = await Promise.all(
      [person.email, 'nobody@example.com'].map(async (email) => {
        const guess = { email, password: 'wrong guess' }
        const { statusCode, headers, body } = await on.post('/api/v1/auth/tokens', guess)
        const { requestId, ...rest } = JSON.parse(body)
        expect(requestId).toBe(headers['x-request-id'])
        return { statusCode, rest, names: Object.keys(headers) }
      }),
    )
    expect(answers[0]).toEqual(answers[1])
    expect(answers[0]).toMatchObject({
      statusCode: 401,
      rest: { code: 'UNAUTHORIZED', reason: 'session/wrong-credentials', fields: [] },
    })
  })

  test('AU5 guesses here and in the browser are counted together', async () => {
    const person = await signUp(on)
    const guess = { email: person.email, password: 'wrong guess' }
    const statuses = await Promise.all(
      Array.from({ length: 10 }, async (_, at) => {
        const url = at % 2 === 0 ? '/api/v1/auth/tokens' : '/trpc/sessions.create'
        return (await on.post(url, guess)).statusCode
      }),
    )
    expect(statuses.filter((status) => status === 401)).toHaveLength(5)
    expect(statuses.filter((status) => status === 429)).toHaveLength(5)
  })

  test.for(['tokens', 'refresh', 'revoke'])('/%s takes its own fields only', async (name) => {
    const url = `/api/v1/auth/${name}`
    const unknown = await on.post(url, { role: 'admin' })
    expect(unknown.statusCode).toBe(400)
    expect(unknown.json()).toMatchObject({ code: 'BAD_REQUEST', reason: 'request/invalid' })
    expect(unknown.json().fields).toContainEqual({ path: 'role', message: 'Unknown field.' })
    const broken: [string | object, number][] = [
      ['{', 400],
      ['null', 400],
      ['[]', 400],
      [`{"refreshToken":"${'x'.repeat(201)}"}`, 400],
      [{ email: 'a@example.com', password: 'a\0b', code: 1 }, 400],
      [{ refreshToken: ['glr_x'] }, 400],
      [`"${'x'.repeat(70_000)}"`, 413],
    ]
    for (const [payload, status] of broken) {
      const response = await on.post(url, payload)
      expect(response.statusCode).toBe(status)
      expect(response.json()).toMatchObject({ requestId: expect.any(String) })
    }
    expect((await on.app.inject({ url })).statusCode).toBe(405)
    const text = await on.post(url, {}, { 'content-type': 'text/plain' })
    expect(text.statusCode).toBe(415)
  })

  test('CS1 another site does not sign a program in, and a cookie that comes along acts for nobody', async () => {
    const person = await signUp(on)
    const { email, password, cookie, asBrowser } = person
    const evil = { origin: 'https://evil.example' }
    for (const headers of [evil, { cookie }, { cookie, ...evil }]) {
      const response = await on.post('/api/v1/auth/tokens', { email, password }, headers)
      expect(response.statusCode).toBe(403)
    }
    const fromPage = await on.post('/api/v1/auth/tokens', { email, password }, asBrowser)
    expect(fromPage.statusCode).toBe(200)
    expect(fromPage.headers).not.toHaveProperty('set-cookie')
    const madeUp = { cookie: '__Host-galley-session=x', 'sec-fetch-site': 'same-origin' }
    const withMadeUp = await on.post('/api/v1/auth/tokens', { email, password }, madeUp)
    expect(withMadeUp.headers).not.toHaveProperty('set-cookie')
  })

  test('a refresh may carry the access token that has expired', async () => {
    const pair = await signInProgram(on, await signUp(on))
    const { refreshToken } = pair
    const headers = bearer('x.y.z')
    expect((await on.post('/api/v1/auth/refresh', { refreshToken }, headers)).statusCode).toBe(200)
  })

  test('LG1 no token and no password is logged', async () => {
    const person = await signUp(on)
    const pair = await signInProgram(on, person)
    const { token } = await createApiToken(on, person, ['site:read'])
    await whoIs(on, pair.accessToken)
    await whoIs(on, `${token}x`)
    await on.post('/api/v1/auth/refresh', { refreshToken: `${pair.refreshToken}x` })
    const logs = on.logs.join('')
    for (const secret of [pair.accessToken, pair.refreshToken, token, person.password]) {
      expect(logs).not.toContain(secret)
    }
  })
})

describe('JW3 over two processes', () => {
  test('twenty refreshes at once get one successor', async () => {
    const pair = await signInProgram(on, await signUp(on))
    const { refreshToken } = pair
    const responses = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        (at % 2 === 0 ? on : other).post('/api/v1/auth/refresh', { refreshToken }),
      ),
    )
    expect(responses.map(({ statusCode }) => statusCode)).toEqual(Array(20).fill(200))
    const successors = new Set(responses.map((response) => response.json().refreshToken))
    expect(successors.size).toBe(1)
    expect(successors.has(refreshToken)).toBe(false)
  })

  test('a token that comes again after ten seconds ends its family everywhere, once', async () => {
    const person = await signUp(on)
    const pair = await signInProgram(on, person)
    const next = (await on.post('/api/v1/auth/refresh', { refreshToken: pair.refreshToken })).json()
    expect(await statusOf(other, next.accessToken)).toBe(200)
    wait(10_500)
    const thief = await Promise.all(
      Array.from({ length: 6 }, (_, at) =>
        (at % 2 === 0 ? on : other).post('/api/v1/auth/refresh', {
          refreshToken: pair.refreshToken,
        }),
      ),
    )
    expect(thief.map(({ statusCode }) => statusCode)).toEqual(Array(6).fill(401))
    expect(await statusOf(other, next.accessToken)).toBe(401)
    const owner = await other.post('/api/v1/auth/refresh', { refreshToken: next.refreshToken })
    expect(owner.json()).toMatchObject({ reason: 'token/invalid' })
    const [row] = await on.database.sql`
      select count(*)::int as count from audit_log
      where subject_id = ${person.id} and action = 'program.token-reused'`
    expect(row?.count).toBe(1)
  })
})

describe('JW4 keys', () => {
  /** Galley itself, as in a job or an operator's command. */
  const system = ({ deps }: TestApp) => systemCtx(deps.domain)
  const jwks = async (app: TestApp) => (await app.app.inject('/.well-known/jwks.json')).json()

  test('rotation without a restart: the old key verifies until its tokens have expired', async () => {
    const person = await signUp(on)
    const before = await signInProgram(on, person)
    expect(await statusOf(other, before.accessToken)).toBe(200)
    const { kid } = await rotateSigningKeys(system(other))
    const after = await signInProgram(on, person)
    expect(await statusOf(other, after.accessToken)).toBe(200)
    expect(await statusOf(on, after.accessToken)).toBe(200)
    expect(await statusOf(on, before.accessToken)).toBe(200)
    const keys = await jwks(on)
    expect(keys.keys[0].kid).toBe(kid)
    expect(keys.keys).toHaveLength(2)
    const { protectedHeader } = await jwtVerify(after.accessToken, createLocalJWKSet(keys))
    expect(protectedHeader.kid).toBe(kid)
    wait(12 * 60_000)
    expect((await jwks(other)).keys).toHaveLength(1)
  })

  test('the drill for a leaked key kills every access token everywhere at once, and programs go on', async () => {
    const person = await signUp(on)
    const pair = await signInProgram(on, person)
    const { token } = await createApiToken(on, person, ['profile:read'])
    expect([await statusOf(on, pair.accessToken), await statusOf(other, pair.accessToken)]).toEqual(
      [200, 200],
    )
    await revokeSigningKeys(system(on))
    expect([await statusOf(on, pair.accessToken), await statusOf(other, pair.accessToken)]).toEqual(
      [401, 401],
    )
    const { refreshToken } = pair
    const next = (await other.post('/api/v1/auth/refresh', { refreshToken })).json()
    expect([await statusOf(on, next.accessToken), await statusOf(other, next.accessToken)]).toEqual(
      [200, 200],
    )
    expect(await statusOf(other, token)).toBe(200)
    expect((await jwks(other)).keys).toHaveLength(1)
  })

  test('the public keys are cached for a minute, and hold nothing private', async () => {
    await signInProgram(on, await signUp(on))
    const response = await on.app.inject('/.well-known/jwks.json')
    expect(response.headers).toMatchObject({
      'content-type': 'application/jwk-set+json; charset=utf-8',
      'cache-control': 'public, max-age=60',
    })
    for (const key of response.json().keys) {
      expect(Object.keys(key).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
    }
    expect(await on.database.db.$count(signingKeys)).toBeGreaterThan(0)
  })
})

describe('JW5 a token that is still valid', () => {
  test('has the rights of the person as they are now, and dies with a change of role', async () => {
    const admin = await signUp(on, { role: 'admin' })
    const person = await signUp(on, { role: 'author' })
    const pair = await signInProgram(on, person)
    const write = (token: string) => other.post('/trpc/notes.create', {}, bearer(token))
    expect((await write(pair.accessToken)).statusCode).toBe(200)
    // Without the change of version, as if that were forgotten somewhere: the role is read afresh all the same.
    await on.database.sql`update users set role = 'reader' where id = ${person.id}`
    expect((await write(pair.accessToken)).statusCode).toBe(403)
    await on.database.sql`update users set role = 'author' where id = ${person.id}`
    const input = { id: person.id, role: 'reader' }
    const lowered = await on.post('/trpc/users.setRole', input, admin.asBrowser)
    expect(lowered.statusCode).toBe(200)
    expect((await write(pair.accessToken)).statusCode).toBe(401)
    const { refreshToken } = pair
    expect((await other.post('/api/v1/auth/refresh', { refreshToken })).statusCode).toBe(401)
  })

  test('dies with a suspension; a personal token then only reads', async () => {
    const admin = await signUp(on, { role: 'admin' })
    const person = await signUp(on)
    const pair = await signInProgram(on, person)
    const { token } = await createApiToken(on, person, ['profile:write', 'site:read'])
    const input = { id: person.id, reason: 'Spam' }
    const response = await on.post('/trpc/users.suspend', input, admin.asBrowser)
    expect(response.statusCode).toBe(200)
    expect(await statusOf(other, pair.accessToken)).toBe(401)
    const write = await other.post('/trpc/notes.create', {}, bearer(token))
    expect(write.json().error.data.reason).toBe('user/suspended')
    const read = await other.app.inject({
      url: '/trpc/notes.list?input={}',
      headers: bearer(token),
    })
    expect(read.statusCode).toBe(200)
  })
})
