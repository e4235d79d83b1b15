import { listProcedures, type Procedure } from '@galley/api/procedures'
import { appRouter, type AppRouter } from '@galley/api/root'
import { Scope } from '@galley/contract/scopes'
import { createTRPCClient, httpBatchLink } from '@trpc/client'
import { describe, expect, test } from 'vitest'
import { callStream, originOf } from '../access/call-stream.ts'
import { useApp } from '../../app.ts'
import { useNotesApp } from '../../notes.ts'
import { signUp } from '../../people.ts'
import { bearer, createApiToken, signInProgram, whoIs } from './tokens.ts'

const on = useNotesApp()

const procedures = listProcedures(appRouter)

function call(path: string, type: Procedure['type'], headers: Record<string, string>) {
  const url = `/trpc/${path}`
  if (type === 'subscription') return callStream(on, `${url}?input={}`, headers)
  return type === 'query' ? on.app.inject({ url, headers }) : on.post(url, {}, headers)
}

const reasonOf = (response: { json(): unknown }) => {
  const { error }: { error?: { data: { reason: string } } } = Object(response.json())
  return error?.data.reason
}

describe('TK1 a personal token', () => {
  test('is made in a browser, shown once, and ends there', async () => {
    const person = await signUp(on)
    const { token, ...view } = await createApiToken(on, person, ['profile:write', 'profile:read'])
    expect(token).toMatch(/^gly_[0-9A-Za-z]{36}$/)
    const list = async () =>
      (await on.app.inject({ url: '/trpc/tokens.list', headers: person.asBrowser })).json().result
        .data.items
    expect(await list()).toEqual([view])
    expect((await whoIs(on, token)).json().result.data.user.id).toBe(person.id)
    expect(await list()).toEqual([{ ...view, lastUsedAt: expect.any(String) }])
    const created = await on.post('/trpc/notes.create', { title: 'By script' }, bearer(token))
    expect(created.statusCode).toBe(200)
    await on.post('/trpc/tokens.delete', { id: view.id }, person.asBrowser)
    expect((await whoIs(on, token)).statusCode).toBe(401)
    expect(await list()).toEqual([])
  })

  test('SE7 is made only after a sign-in of the last ten minutes', async () => {
    const person = await signUp(on)
    await on.database.sql`
      update sessions set authenticated_at = now() - interval '11 minutes'
      where user_id = ${person.id}`
    const input = { name: 'x', scopes: ['site:read'], expiresInDays: 1 }
    const response = await on.post('/trpc/tokens.create', input, person.asBrowser)
    expect(reasonOf(response)).toBe('session/step-up-required')
  })

  test('changes what its owner may, and is given no cookie', async () => {
    const person = await signUp(on)
    const { token } = await createApiToken(on, person, ['profile:write'])
    const response = await on.post('/trpc/users.updateProfile', { bio: 'Robot' }, bearer(token))
    expect(response.statusCode).toBe(200)
    expect(response.headers).not.toHaveProperty('set-cookie')
  })
})

describe('TK2 the right of a token', () => {
  test('is its scope: each procedure is open with its own alone, and shut with all others', async () => {
    const person = await signUp(on, { role: 'admin' })
    const open = procedures.filter(({ meta }) => meta.scope !== null)
    expect(open.length).toBeGreaterThan(15)
    const seen = new Set<string>()
    for (const scope of Scope.options) {
      const others = Scope.options.filter((other) => other !== scope)
      const own = await createApiToken(on, person, [scope])
      const rest = await createApiToken(on, person, others)
      for (const { path, type, meta } of open) {
        if (meta.scope !== scope) continue
        seen.add(path)
        const shut = await call(path, type, bearer(rest.token))
        expect.soft(reasonOf(shut), path).toBe('token/scope-missing')
        expect.soft(shut.statusCode, path).toBe(403)
        const passed = await call(path, type, bearer(own.token))
        expect.soft([401, 403], path).not.toContain(passed.statusCode)
      }
    }
    expect(seen.size).toBe(open.length)
  })

  test('never reaches accounts, credentials, sessions, tokens and administration', async () => {
    const person = await signUp(on, { role: 'admin' })
    const shut = procedures.filter(({ meta }) => meta.scope === null)
    expect(shut.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['tokens.create', 'credentials.changePassword', 'users.setRole']),
    )
    const all = await createApiToken(on, person, Scope.options)
    const pair = await signInProgram(on, person)
    for (const token of [all.token, pair.accessToken]) {
      for (const { path, type } of shut) {
        const response = await call(path, type, bearer(token))
        expect.soft(reasonOf(response), path).toBe('token/not-allowed')
        expect.soft(response.statusCode, path).toBe(403)
        expect.soft(response.headers, path).not.toHaveProperty('set-cookie')
      }
    }
  })

  test('is no more than what its owner may now: a role that is taken away takes it away', async () => {
    const admin = await signUp(on, { role: 'admin' })
    const person = await signUp(on, { role: 'author' })
    const { token } = await createApiToken(on, person, ['profile:write'])
    const write = () => on.post('/trpc/notes.create', { title: 'x' }, bearer(token))
    expect((await write()).statusCode).toBe(200)
    await on.post('/trpc/users.setRole', { id: person.id, role: 'reader' }, admin.asBrowser)
    expect((await write()).statusCode).toBe(403)
    await on.post('/trpc/users.setRole', { id: person.id, role: 'author' }, admin.asBrowser)
    expect((await write()).statusCode).toBe(200)
  })

  test('is never that of another person', async () => {
    const [owner, other] = [await signUp(on), await signUp(on)]
    const mine = (await on.post('/trpc/notes.create', { title: 'x' }, owner.asBrowser)).json()
    const { id } = mine.result.data
    const { token } = await createApiToken(on, other, ['profile:write', 'site:read'])
    const taken = await on.post('/trpc/notes.delete', { id }, bearer(token))
    expect(reasonOf(taken)).toBe('route/not-found')
  })
})

describe('TK3 cookies and bearer tokens', () => {
  const both = 'request/ambiguous-credentials'

  test('do not mix: both together are refused, whatever they are worth', async () => {
    const person = await signUp(on)
    const { token } = await createApiToken(on, person, ['profile:write', 'profile:read'])
    for (const cookie of [person.cookie, '__Host-galley-session=x', '__Host-galley-session=']) {
      for (const value of [token, 'x']) {
        const headers = { ...bearer(value), cookie, 'sec-fetch-site': 'same-origin' }
        const read = await on.app.inject({ url: '/trpc/sessions.current', headers })
        const write = await on.post('/trpc/notes.create', { title: 'both' }, headers)
        for (const response of [read, write]) {
          expect(response.statusCode).toBe(400)
          expect(reasonOf(response)).toBe(both)
        }
        for (const url of ['/api/v1/auth/tokens', '/api/v1/auth/refresh']) {
          const response = await on.post(url, {}, headers)
          expect([response.statusCode, response.json().reason]).toEqual([400, both])
        }
      }
    }
    const [row] = await on.database
      .sql`select count(*)::int as count from notes where title = 'both'`
    expect(row?.count).toBe(0)
  })

  test('a bearer call needs no check of its origin, a cookie call always does', async () => {
    const person = await signUp(on)
    const { token } = await createApiToken(on, person, ['profile:write'])
    const origins = [{}, { origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]
    for (const headers of origins) {
      const input = { title: 'x' }
      const withToken = await on.post('/trpc/notes.create', input, {
        ...bearer(token),
        ...headers,
      })
      expect(withToken.statusCode).toBe(200)
      // Whoever sends it from another page cannot read the answer.
      expect(withToken.headers).not.toHaveProperty('access-control-allow-origin')
      const withCookie = await on.post('/trpc/notes.create', input, {
        cookie: person.cookie,
        ...headers,
      })
      expect(withCookie.statusCode).toBe(403)
    }
    for (const type of ['text/plain', 'multipart/form-data; boundary=x']) {
      const headers = { ...bearer(token), 'content-type': type }
      expect((await on.post('/trpc/notes.create', '{}', headers)).statusCode).toBe(415)
    }
  })

  test('CO1 a page of a listed origin may send a token, others may not', async () => {
    const preflight = (origin: string) =>
      on.app.inject({
        method: 'OPTIONS',
        url: '/trpc/notes.create',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization',
        },
      })
    const listed = await preflight('https://app.galley.test')
    expect(listed.headers['access-control-allow-headers']).toContain('authorization')
    const evil = await preflight('https://evil.example')
    expect(evil.headers).not.toHaveProperty('access-control-allow-headers')
  })

  test('a token elsewhere than in its header is none', async () => {
    const person = await signUp(on)
    const { token } = await createApiToken(on, person, ['profile:write', 'profile:read'])
    const url = `/trpc/sessions.current?access_token=${token}`
    const response = await on.app.inject({ url })
    expect(response.json()).toEqual({ result: { data: { user: null } } })
    const inBody = { title: 'x', access_token: token }
    expect((await on.post('/trpc/notes.create', inBody)).statusCode).toBe(401)
  })
})

test('a typed client with a token: queries, mutations and batches in one request', async () => {
  const address = await originOf(on.app)
  const person = await signUp(on)
  const { token } = await createApiToken(on, person, ['profile:read', 'profile:write', 'jobs:read'])
  const requests: string[] = []
  const newClient = (value: string) =>
    createTRPCClient<AppRouter>({
      links: [
        httpBatchLink({
          url: `${address}/trpc`,
          headers: bearer(value),
          fetch(url, options) {
            requests.push(String(url))
            return fetch(url, options as RequestInit)
          },
        }),
      ],
    })
  const client = newClient(token)
  await client.users.updateProfile.mutate({ displayName: 'From a program' })
  requests.length = 0
  const [current, list, refused] = await Promise.all([
    client.sessions.current.query(),
    client.jobs.list.query({}),
    client.tokens.list.query().catch((error: unknown) => error),
  ])
  expect(requests).toHaveLength(1)
  expect(current.user).toMatchObject({ id: person.id, displayName: 'From a program' })
  expect(list.items).toEqual([])
  expect(refused).toMatchObject({ data: { reason: 'token/not-allowed', httpStatus: 403 } })
  const gone = await newClient(`${token}x`)
    .jobs.list.query({})
    .catch((error: unknown) => error)
  expect(gone).toMatchObject({ data: { reason: 'token/invalid', httpStatus: 401 } })
})

describe('AU5 made-up tokens', () => {
  const limited = useApp({ RATE_LIMIT_PER_MINUTE: '50' })

  test('of one address are stopped before the database', async () => {
    const remoteAddress = '192.0.2.77'
    const statuses: number[] = []
    for (let count = 0; count < 60; count += 1) {
      const headers = bearer('gly_notatokenatall')
      const url = '/trpc/sessions.current'
      const { statusCode } = await limited.app.inject({ url, headers, remoteAddress })
      statuses.push(statusCode)
    }
    expect(statuses.slice(0, 50)).toEqual(Array(50).fill(401))
    expect(statuses.at(-1)).toBe(429)
  })
})
