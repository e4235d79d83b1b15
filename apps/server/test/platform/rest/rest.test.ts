import type { AddressInfo } from 'node:net'
import { Scope } from '@galley/contract/scopes'
import { beforeAll, expect, test } from 'vitest'
import { useNotesApp } from '../../notes.ts'
import { Note } from '../../notes/router.ts'
import { insertNote } from '../../notes/table.ts'
import { signUp } from '../../people.ts'
import { rest } from '../../rest.ts'
import { bearer, createApiToken } from '../identity/tokens.ts'

const on = useNotesApp()
let headers: ReturnType<typeof bearer>
let authorId = ''
let person: Awaited<ReturnType<typeof signUp>>

beforeAll(async () => {
  person = await signUp(on, { role: 'author' })
  authorId = person.id
  headers = bearer((await createApiToken(on, person, [...Scope.options])).token)
})

const create = async (payload: object = { title: 'T', body: 'B' }) =>
  (await rest(on, 'POST /notes', { headers, payload })).json()

test('a note is created, read, changed, closed and deleted', async () => {
  const payload = { title: 'On tides', body: 'The *moon* pulls.', labels: ['sea'] }
  const made = await rest(on, 'POST /notes', { headers, payload })
  expect(made.statusCode).toBe(201)
  const { id, version } = made.json()
  expect(made.headers.location).toBe(`https://galley.test/api/v1/notes/${id}`)
  const read = await rest(on, `GET /notes/${id}`, { headers })
  expect(read.json()).toEqual(made.json())
  expect(read.headers.etag).toBe(made.headers.etag)

  const change = { title: 'On the tides', version }
  const changed = await rest(on, `PATCH /notes/${id}`, { headers, payload: change })
  expect(changed.statusCode).toBe(200)
  expect(changed.json()).toMatchObject({ id, title: 'On the tides', version: 2, labels: ['sea'] })
  const out = await rest(on, `POST /notes/${id}/close`, { headers, payload: { version: 2 } })
  expect(out.json()).toMatchObject({ status: 'closed', version: 3 })

  const closed = await rest(on, `GET /notes/${id}`)
  expect(closed.json()).toMatchObject({ id, body: 'The *moon* pulls.', status: 'closed' })
  const gone = await rest(on, `DELETE /notes/${id}`, { headers })
  expect(gone.statusCode).toBe(204)
  expect(gone.body).toBe('')
  expect(gone.headers).not.toHaveProperty('content-type')
  expect((await rest(on, `GET /notes/${id}`, { headers })).statusCode).toBe(404)
})

test('PUT and DELETE may be repeated', async () => {
  const { id } = await insertNote(on.database.db, authorId)
  const starred = async () => {
    const { stars, starred: isStarred } = (await rest(on, `GET /notes/${id}`, { headers })).json()
    return { stars, isStarred }
  }
  for (const time of [1, 2]) {
    const put = await rest(on, `PUT /me/stars/${id}`, { headers })
    expect(put.statusCode, `time ${time}`).toBe(200)
    expect(await starred()).toEqual({ stars: 1, isStarred: true })
  }
  for (const time of [1, 2]) {
    const deleted = await rest(on, `DELETE /me/stars/${id}`, { headers })
    expect(deleted.statusCode, `time ${time}`).toBe(204)
    expect(await starred()).toEqual({ stars: 0, isStarred: false })
  }
})

test('the caller reads and changes their own account', async () => {
  expect((await rest(on, 'GET /me')).json()).toEqual({ user: null })
  const { user } = (await rest(on, 'GET /me', { headers })).json()
  expect(user).toMatchObject({ id: authorId, username: person.username })
  const bio = await rest(on, 'PATCH /me', { headers, payload: { bio: 'Writes.' } })
  expect(bio.json()).toMatchObject({ id: authorId, bio: 'Writes.' })
  expect((await rest(on, 'GET /me/jobs', { headers })).json()).toHaveProperty('page')
  expect((await rest(on, 'GET /me/jobs')).statusCode).toBe(401)
})

test('a call is charged, logged and refused as by tRPC', async () => {
  const before = on.logs.length
  const byRest = await rest(on, 'POST /notes', { payload: { title: 1 } })
  const byTrpc = await on.post('/trpc/notes.create', { title: 1 })
  expect(byRest.statusCode).toBe(401)
  expect(byRest.statusCode).toBe(byTrpc.statusCode)
  expect(byRest.json().reason).toBe(byTrpc.json().error.data.reason)
  expect(byRest.headers['ratelimit-policy']).toBe(byTrpc.headers['ratelimit-policy'])
  const calls = on.logs.slice(before).filter((line) => line.includes('"path":"notes.create"'))
  expect(calls).toHaveLength(2)
})

test('a cookie is refused from other sites, a token is not', async () => {
  const { cookie, asBrowser } = person
  const payload = { title: 'T' }
  const post = (from: object) => rest(on, 'POST /notes', { headers: { ...from }, payload })
  expect((await post({ cookie })).json().reason).toBe('request/cross-site')
  expect((await post({ cookie, origin: 'https://evil.example' })).statusCode).toBe(403)
  expect((await post(asBrowser)).statusCode).toBe(201)
  expect((await post(headers)).statusCode).toBe(201)
  const { id } = (await post(headers)).json()
  const remove = (from: object) => rest(on, `DELETE /notes/${id}`, { headers: { ...from } })
  expect((await remove({ cookie })).statusCode).toBe(403)
  expect((await remove({ cookie, 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403)
  expect((await remove(asBrowser)).statusCode).toBe(204)
})

test('without a body no content type is needed, except on a POST with a cookie', async () => {
  const { id } = await create()
  const address = `POST /notes/${id}/close`
  const ifMatch = { 'if-match': '"1"' }
  const byCookie = await rest(on, address, { headers: { ...person.asBrowser, ...ifMatch } })
  expect(byCookie.statusCode).toBe(415)
  expect((await rest(on, address, { headers: { ...headers, ...ifMatch } })).statusCode).toBe(200)
})

test('other methods are 405 with Allow, HEAD is GET without a body', async () => {
  const missing = '01900000-0000-7000-8000-000000000000'
  for (const [url, allow] of [
    ['/notes', 'GET, HEAD, POST, OPTIONS'],
    [`/notes/${missing}`, 'GET, HEAD, PATCH, DELETE, OPTIONS'],
    [`/notes/${missing}/close`, 'POST, OPTIONS'],
    [`/me/stars/${missing}`, 'PUT, DELETE, OPTIONS'],
    ['/auth/tokens', 'POST, OPTIONS'],
  ] as const) {
    const options = await rest(on, `OPTIONS ${url}`)
    expect(options.statusCode).toBe(204)
    expect(options.headers.allow).toBe(allow)
    const allowed = new Set(allow.split(', '))
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      if (allowed.has(method)) continue
      const refused = await rest(on, `${method} ${url}`, { headers })
      expect(refused.statusCode, `${method} ${url}`).toBe(405)
      expect(refused.headers.allow).toBe(allow)
      const reason = method === 'HEAD' ? '' : 'route/method-not-allowed'
      expect(refused.body).toContain(reason)
    }
  }
  const [get, head] = [await rest(on, 'GET /notes'), await rest(on, 'HEAD /notes')]
  expect(head.statusCode).toBe(200)
  expect(head.body).toBe('')
  for (const name of ['etag', 'content-length', 'content-type', 'link', 'cache-control', 'vary'])
    expect(head.headers[name], name).toBe(get.headers[name])
})

test('CO1 a listed origin may use every method and header from a browser', async () => {
  const origin = 'https://app.galley.test'
  const preflight = await rest(on, 'OPTIONS /notes', {
    headers: {
      origin,
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'if-match, idempotency-key',
    },
  })
  expect(preflight.statusCode).toBe(204)
  expect(preflight.headers['access-control-allow-methods']).toBe(
    'GET, HEAD, POST, PUT, PATCH, DELETE',
  )
  const allowed = String(preflight.headers['access-control-allow-headers']).split(', ')
  for (const name of ['authorization', 'if-match', 'if-none-match', 'idempotency-key'])
    expect(allowed).toContain(name)
  const response = await rest(on, 'GET /notes', { headers: { origin } })
  expect(response.headers['access-control-expose-headers']).toMatch(/etag.*link.*location/)
  expect(response.headers.vary).toBe('Origin, Authorization, Cookie')
})

test('it works over a real connection', async () => {
  await on.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = on.app.server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}/api/v1/notes`
  const made = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'By wire', body: 'B' }),
  })
  expect(made.status).toBe(201)
  const { id } = Note.parse(await made.json())
  const read = await fetch(`${url}/${id}`, { headers })
  const etag = read.headers.get('etag') ?? ''
  expect(etag).toMatch(/^"1\.[\w-]{27}"$/)
  const again = await fetch(`${url}/${id}`, { headers: { ...headers, 'if-none-match': etag } })
  expect([again.status, await again.text()]).toEqual([304, ''])
  const head = await fetch(`${url}/${id}`, { method: 'HEAD', headers })
  expect([head.status, head.headers.get('etag')]).toEqual([200, etag])
  const gone = await fetch(`${url}/${id}`, {
    method: 'DELETE',
    headers: { ...headers, 'if-match': etag },
  })
  expect(gone.status).toBe(204)
})
