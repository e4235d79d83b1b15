import { Scope } from '@galley/contract/scopes'
import { insertArticle } from '@galley/testing/publishing/factories'
import { beforeAll, expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { signUp } from '../../people.ts'
import { rest } from '../../rest.ts'
import { bearer, createApiToken } from '../identity/tokens.ts'

const on = useApp()
let headers: ReturnType<typeof bearer>
let person: Awaited<ReturnType<typeof signUp>>

beforeAll(async () => {
  person = await signUp(on, { role: 'author' })
  headers = bearer((await createApiToken(on, person, [...Scope.options])).token)
})

async function create() {
  const payload = { title: 'T', body: 'B' }
  const response = await rest(on, 'POST /articles', { headers, payload })
  return { id: String(response.json().id), etag: String(response.headers.etag) }
}

const withMatch = (ifMatch: string) => ({ headers: { ...headers, 'if-match': ifMatch } })

test('what the reader has already is not sent again', async () => {
  const { slug } = await insertArticle(on.database.db, { authorId: person.id })
  const first = await rest(on, `GET /articles/${slug}`)
  const etag = String(first.headers.etag)
  expect(etag).toMatch(/^"1\.[\w-]{27}"$/)
  for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
    const again = await rest(on, `GET /articles/${slug}`, { headers: { 'if-none-match': known } })
    expect(again.statusCode, known).toBe(304)
    expect(again.body).toBe('')
    for (const name of ['etag', 'cache-control', 'vary'])
      expect(again.headers[name]).toBe(first.headers[name])
  }
  const head = await rest(on, `HEAD /articles/${slug}`, { headers: { 'if-none-match': etag } })
  expect(head.statusCode).toBe(304)
  for (const other of ['"other"', etag.replaceAll('"', ''), '"1"', ''])
    expect(
      (await rest(on, `GET /articles/${slug}`, { headers: { 'if-none-match': other } })).statusCode,
    ).toBe(200)
})

test('the tag is of what this reader gets', async () => {
  const { id, slug } = await insertArticle(on.database.db, { authorId: person.id })
  const before = await rest(on, `GET /articles/${slug}`)
  expect((await rest(on, `GET /articles/${slug}`, { headers })).headers.etag).not.toBe(
    before.headers.etag,
  )
  await rest(on, `PUT /me/favourites/${id}`, { headers })
  const known = { 'if-none-match': String(before.headers.etag) }
  const after = await rest(on, `GET /articles/${slug}`, { headers: known })
  expect(after.statusCode).toBe(200)
  expect(after.json().favouriteCount).toBe(1)
})

test('If-Match takes the place of the version', async () => {
  const { id, etag } = await create()
  const payload = { title: 'Changed' }
  const changed = await rest(on, `PATCH /articles/${id}`, { ...withMatch(etag), payload })
  expect(changed.json()).toMatchObject({ version: 2, title: 'Changed' })
  const out = await rest(on, `POST /articles/${id}/publish`, withMatch('"2"'))
  expect(out.json()).toMatchObject({ version: 3, status: 'published' })
  const back = await rest(on, `POST /articles/${id}/unpublish`, withMatch('"3"'))
  expect(back.json()).toMatchObject({ version: 4, status: 'draft' })
  expect((await rest(on, `DELETE /articles/${id}`, withMatch('"4"'))).statusCode).toBe(204)
})

test('a version that is gone is 412 by header, 409 otherwise, and nothing is written', async () => {
  const { id, etag } = await create()
  await rest(on, `PATCH /articles/${id}`, { ...withMatch(etag), payload: { title: 'First' } })
  const writes = [
    [`PATCH /articles/${id}`, { title: 'Lost' }],
    [`POST /articles/${id}/publish`, {}],
    [`POST /articles/${id}/unpublish`, {}],
  ] as const
  for (const [address, payload] of writes) {
    for (const stale of [etag, '"1"', '"0"', '"1000000000"', 'W/"2"', '2', '"x"', '']) {
      const refused = await rest(on, address, { ...withMatch(stale), payload })
      expect(refused.statusCode, `${address} at ${stale}`).toBe(412)
      expect(refused.json()).toMatchObject({
        status: 412,
        code: 'PRECONDITION_FAILED',
        reason: 'article/stale-version',
      })
    }
    const byBody = await rest(on, address, { headers, payload: { ...payload, version: 1 } })
    expect(byBody.statusCode).toBe(409)
    expect(byBody.json()).toMatchObject({ code: 'CONFLICT', reason: 'article/stale-version' })
  }
  expect((await rest(on, `DELETE /articles/${id}`, withMatch('"1"'))).statusCode).toBe(412)
  expect((await rest(on, `DELETE /articles/${id}?version=1`, { headers })).statusCode).toBe(409)
  const source = await rest(on, `GET /articles/${id}/source`, { headers })
  expect(source.json()).toMatchObject({ title: 'First', version: 2, status: 'draft' })
})

test('a version is asked for, and given once', async () => {
  const { id } = await create()
  const cases = [
    [{ headers }, { title: 'X' }, 'version'],
    [withMatch('"1"'), { title: 'X', version: 1 }, 'version'],
    [withMatch(Array.from({ length: 11 }, (_, n) => `"${n + 1}"`).join()), {}, 'if-match'],
  ] as const
  for (const [request, payload, path] of cases) {
    const response = await rest(on, `PATCH /articles/${id}`, { ...request, payload })
    expect(response.statusCode).toBe(400)
    expect(response.json().fields).toMatchObject([{ path }])
  }
  const any = { ...withMatch('*'), payload: { title: 'X', version: 1 } }
  expect((await rest(on, `PATCH /articles/${id}`, any)).statusCode).toBe(200)
})

test('If-Match takes any of several tags, and * takes whatever stands (RFC 9110, 13.1.1)', async () => {
  const { id, etag } = await create()
  const patch = (ifMatch: string, title: string) =>
    rest(on, `PATCH /articles/${id}`, { ...withMatch(ifMatch), payload: { title } })
  expect((await patch(`"7", ${etag}`, 'Second')).json()).toMatchObject({ version: 2 })
  expect((await patch('"1","2.abc"', 'Third')).json()).toMatchObject({ version: 3 })
  expect((await patch('*', 'Fourth')).json()).toMatchObject({ version: 4, title: 'Fourth' })
  expect((await patch('"1", "2", W/"4"', 'Lost')).statusCode).toBe(412)
  const published = await rest(on, `POST /articles/${id}/publish`, withMatch('*'))
  expect(published.json()).toMatchObject({ version: 5 })
  expect((await rest(on, `DELETE /articles/${id}`, withMatch('"1", "5"'))).statusCode).toBe(204)
  expect((await patch('*', 'Gone')).statusCode).toBe(404)
})

test('who may not know of a thing learns nothing from a condition', async () => {
  const { id } = await create()
  const stranger = await signUp(on, { role: 'author' })
  const other = bearer((await createApiToken(on, stranger, ['articles:write'])).token)
  for (const version of ['"1"', '"2"', '"x"']) {
    const request = { headers: { ...other, 'if-match': version }, payload: { title: 'X' } }
    expect((await rest(on, `PATCH /articles/${id}`, request)).statusCode).toBe(404)
  }
})

test('a condition on what has no version is refused, not ignored', async () => {
  const refused = await rest(on, 'PATCH /me', { ...withMatch('"1"'), payload: { bio: 'X' } })
  expect(refused.statusCode).toBe(400)
  expect(refused.json().fields).toMatchObject([{ path: 'if-match' }])
  expect((await rest(on, 'PATCH /me', { ...withMatch('*'), payload: {} })).statusCode).toBe(200)
})

test('answers to somebody are theirs, answers to anybody may be kept and asked about', async () => {
  const { cookie } = person
  for (const [from, expected] of [
    [{}, 'public, max-age=0, must-revalidate'],
    [headers, 'private, no-store'],
    [{ cookie }, 'private, no-store'],
  ] as const) {
    for (const address of ['GET /articles', 'HEAD /tags', 'GET /me']) {
      const answer = await rest(on, address, { headers: { ...from } })
      expect(answer.headers['cache-control']).toBe(expected)
      expect(answer.headers.vary).toBe('Origin, Authorization, Cookie')
    }
  }
  const made = await rest(on, 'POST /articles', { headers, payload: {} })
  expect(made.headers['cache-control']).toBe('private, no-store')
  expect((await rest(on, 'GET /articles/none')).headers['cache-control']).toBe('no-store')
})
