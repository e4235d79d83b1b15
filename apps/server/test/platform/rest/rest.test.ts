import type { AddressInfo } from 'node:net'
import { ArticleSource } from '@galley/contract/publishing/articles'
import { Scope } from '@galley/contract/scopes'
import { insertArticle } from '@galley/testing/publishing/factories'
import { beforeAll, expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { signUp } from '../../people.ts'
import { rest } from '../../rest.ts'
import { bearer, createApiToken } from '../identity/tokens.ts'

const on = useApp()
let headers: ReturnType<typeof bearer>
let authorId = ''
let person: Awaited<ReturnType<typeof signUp>>

beforeAll(async () => {
  person = await signUp(on, { role: 'author' })
  authorId = person.id
  headers = bearer((await createApiToken(on, person, [...Scope.options])).token)
})

const create = async (payload: object = { title: 'T', body: 'B' }) =>
  (await rest(on, 'POST /articles', { headers, payload })).json()

test('an article is made, read, changed, published and deleted', async () => {
  const payload = { title: 'On tides', body: 'The *moon* pulls.', tags: ['Sea'] }
  const made = await rest(on, 'POST /articles', { headers, payload })
  expect(made.statusCode).toBe(201)
  const { id, version } = made.json()
  expect(made.headers.location).toBe(`https://galley.test/api/v1/articles/${id}`)
  const source = await rest(on, `GET /articles/${id}/source`, { headers })
  expect(source.json()).toEqual(made.json())
  expect(source.headers.etag).toBe(made.headers.etag)

  const change = { title: 'On the tides', version }
  const changed = await rest(on, `PATCH /articles/${id}`, { headers, payload: change })
  expect(changed.statusCode).toBe(200)
  expect(changed.json()).toMatchObject({ id, title: 'On the tides', version: 2, tags: ['sea'] })
  const out = await rest(on, `POST /articles/${id}/publish`, { headers, payload: { version: 2 } })
  expect(out.json()).toMatchObject({ status: 'published', version: 3 })

  const read = await rest(on, 'GET /articles/on-the-tides')
  expect(read.json()).toMatchObject({ id, bodyHtml: expect.stringContaining('<em>moon</em>') })
  const gone = await rest(on, `DELETE /articles/${id}`, { headers })
  expect(gone.statusCode).toBe(204)
  expect(gone.body).toBe('')
  expect(gone.headers).not.toHaveProperty('content-type')
  expect((await rest(on, `GET /articles/${id}/source`, { headers })).statusCode).toBe(404)
})

test('what may be repeated is put and deleted', async () => {
  const { id } = await insertArticle(on.database.db, { authorId })
  for (const address of [`/me/favourites/${id}`, `/me/follows/${(await signUp(on)).username}`]) {
    for (const time of [1, 2]) {
      const put = await rest(on, `PUT ${address}`, { headers })
      expect(put.statusCode, `${address}, time ${time}`).toBe(200)
    }
    for (const time of [1, 2]) {
      const deleted = await rest(on, `DELETE ${address}`, { headers })
      expect(deleted.statusCode, `${address}, time ${time}`).toBe(204)
    }
  }
})

test('comments hang on their article', async () => {
  const { id: articleId } = await insertArticle(on.database.db, { authorId })
  const address = `/articles/${articleId}/comments`
  const made = await rest(on, `POST ${address}`, { headers, payload: { body: 'Well said.' } })
  expect(made.statusCode).toBe(201)
  const { id } = made.json()
  expect(made.headers.location).toBe(`https://galley.test/api/v1/comments/${id}`)
  expect((await rest(on, `GET /comments/${id}`, { headers })).json()).toEqual(made.json())
  const list = await rest(on, `GET ${address}`)
  expect(list.json().items).toMatchObject([{ id, articleId, body: 'Well said.' }])
})

test('the caller finds themselves', async () => {
  expect((await rest(on, 'GET /me')).json()).toEqual({ user: null })
  const { user } = (await rest(on, 'GET /me', { headers })).json()
  expect(user).toMatchObject({ id: authorId, username: person.username })
  const bio = await rest(on, 'PATCH /me', { headers, payload: { bio: 'Writes.' } })
  expect(bio.json()).toMatchObject({ id: authorId, bio: 'Writes.' })
  for (const address of ['/me/articles', '/me/feed']) {
    expect((await rest(on, `GET ${address}`, { headers })).json()).toHaveProperty('page')
    expect((await rest(on, `GET ${address}`)).statusCode).toBe(401)
  }
})

test('a call is charged, logged and refused as by tRPC', async () => {
  const before = on.logs.length
  const byRest = await rest(on, 'POST /articles', { payload: { title: 1 } })
  const byTrpc = await on.post('/trpc/articles.create', { title: 1 })
  expect(byRest.statusCode).toBe(401)
  expect(byRest.statusCode).toBe(byTrpc.statusCode)
  expect(byRest.json().reason).toBe(byTrpc.json().error.data.reason)
  expect(byRest.headers['ratelimit-policy']).toBe(byTrpc.headers['ratelimit-policy'])
  const calls = on.logs.slice(before).filter((line) => line.includes('"path":"articles.create"'))
  expect(calls).toHaveLength(2)
})

test('a cookie needs the proof against other sites, a token does not', async () => {
  const { cookie, asBrowser } = person
  const payload = { title: 'T' }
  const post = (from: object) => rest(on, 'POST /articles', { headers: { ...from }, payload })
  expect((await post({ cookie })).json().reason).toBe('request/cross-site')
  expect((await post({ cookie, origin: 'https://evil.example' })).statusCode).toBe(403)
  expect((await post(asBrowser)).statusCode).toBe(201)
  expect((await post(headers)).statusCode).toBe(201)
  const { id } = (await post(headers)).json()
  const remove = (from: object) => rest(on, `DELETE /articles/${id}`, { headers: { ...from } })
  expect((await remove({ cookie })).statusCode).toBe(403)
  expect((await remove({ cookie, 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403)
  expect((await remove(asBrowser)).statusCode).toBe(204)
})

test('no body needs no type; a POST with a cookie always does', async () => {
  const { id } = await create()
  const address = `POST /articles/${id}/publish`
  const ifMatch = { 'if-match': '"1"' }
  const byCookie = await rest(on, address, { headers: { ...person.asBrowser, ...ifMatch } })
  expect(byCookie.statusCode).toBe(415)
  expect((await rest(on, address, { headers: { ...headers, ...ifMatch } })).statusCode).toBe(200)
})

test('other methods are named, HEAD is GET without a body', async () => {
  const missing = '01900000-0000-7000-8000-000000000000'
  for (const [url, allow] of [
    ['/articles', 'GET, HEAD, POST, OPTIONS'],
    [`/articles/${missing}`, 'GET, HEAD, PATCH, DELETE, OPTIONS'],
    [`/articles/${missing}/publish`, 'POST, OPTIONS'],
    [`/me/favourites/${missing}`, 'PUT, DELETE, OPTIONS'],
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
  const [get, head] = [await rest(on, 'GET /tags'), await rest(on, 'HEAD /tags')]
  expect(head.statusCode).toBe(200)
  expect(head.body).toBe('')
  for (const name of ['etag', 'content-length', 'content-type', 'link', 'cache-control', 'vary'])
    expect(head.headers[name], name).toBe(get.headers[name])
})

test('CO1 a listed origin may do all of it from a browser', async () => {
  const origin = 'https://app.galley.test'
  const preflight = await rest(on, 'OPTIONS /articles', {
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
  const answer = await rest(on, 'GET /tags', { headers: { origin } })
  expect(answer.headers['access-control-expose-headers']).toMatch(/etag.*link.*location/)
  expect(answer.headers.vary).toBe('Origin, Authorization, Cookie')
})

test('it works over a real connection', async () => {
  await on.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = on.app.server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}/api/v1/articles`
  const made = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'By wire', body: 'B' }),
  })
  expect(made.status).toBe(201)
  const { id } = ArticleSource.parse(await made.json())
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
