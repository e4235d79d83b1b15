import { Scope } from '@galley/contract/scopes'
import { beforeAll, expect, test } from 'vitest'
import { useNotesApp } from '../../notes.ts'
import { insertNote } from '../../notes/table.ts'
import { signUp } from '../../people.ts'
import { rest } from '../../rest.ts'
import { bearer, createApiToken } from '../identity/tokens.ts'

const on = useNotesApp()
let headers: ReturnType<typeof bearer>
let person: Awaited<ReturnType<typeof signUp>>

beforeAll(async () => {
  person = await signUp(on, { role: 'author' })
  headers = bearer((await createApiToken(on, person, [...Scope.options])).token)
})

async function create() {
  const payload = { title: 'T', body: 'B' }
  const response = await rest(on, 'POST /notes', { headers, payload })
  return { id: String(response.json().id), etag: String(response.headers.etag) }
}

const withMatch = (ifMatch: string) => ({ headers: { ...headers, 'if-match': ifMatch } })

test('what the reader has already is 304 without a body', async () => {
  const { id } = await insertNote(on.database.db, person.id)
  const first = await rest(on, `GET /notes/${id}`)
  const etag = String(first.headers.etag)
  expect(etag).toMatch(/^"1\.[\w-]{27}"$/)
  for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
    const again = await rest(on, `GET /notes/${id}`, { headers: { 'if-none-match': known } })
    expect(again.statusCode, known).toBe(304)
    expect(again.body).toBe('')
    for (const name of ['etag', 'cache-control', 'vary'])
      expect(again.headers[name]).toBe(first.headers[name])
  }
  const head = await rest(on, `HEAD /notes/${id}`, { headers: { 'if-none-match': etag } })
  expect(head.statusCode).toBe(304)
  for (const other of ['"other"', etag.replaceAll('"', ''), '"1"', ''])
    expect(
      (await rest(on, `GET /notes/${id}`, { headers: { 'if-none-match': other } })).statusCode,
    ).toBe(200)
})

test('the ETag depends on who reads', async () => {
  const { id } = await insertNote(on.database.db, person.id)
  const before = await rest(on, `GET /notes/${id}`)
  expect((await rest(on, `GET /notes/${id}`, { headers })).headers.etag).not.toBe(
    before.headers.etag,
  )
  await rest(on, `PUT /me/stars/${id}`, { headers })
  const known = { 'if-none-match': String(before.headers.etag) }
  const after = await rest(on, `GET /notes/${id}`, { headers: known })
  expect(after.statusCode).toBe(200)
  expect(after.json().stars).toBe(1)
})

test('If-Match takes the place of the version', async () => {
  const { id, etag } = await create()
  const payload = { title: 'Changed' }
  const changed = await rest(on, `PATCH /notes/${id}`, { ...withMatch(etag), payload })
  expect(changed.json()).toMatchObject({ version: 2, title: 'Changed' })
  const out = await rest(on, `POST /notes/${id}/close`, withMatch('"2"'))
  expect(out.json()).toMatchObject({ version: 3, status: 'closed' })
  const back = await rest(on, `POST /notes/${id}/reopen`, withMatch('"3"'))
  expect(back.json()).toMatchObject({ version: 4, status: 'open' })
  expect((await rest(on, `DELETE /notes/${id}`, withMatch('"4"'))).statusCode).toBe(204)
})

test('a stale version is 412 by header and 409 otherwise, and nothing is written', async () => {
  const { id, etag } = await create()
  await rest(on, `PATCH /notes/${id}`, { ...withMatch(etag), payload: { title: 'First' } })
  const writes = [
    [`PATCH /notes/${id}`, { title: 'Lost' }],
    [`POST /notes/${id}/close`, {}],
    [`POST /notes/${id}/reopen`, {}],
  ] as const
  for (const [address, payload] of writes) {
    for (const stale of [etag, '"1"', '"0"', '"1000000000"', 'W/"2"', '2', '"x"', '']) {
      const refused = await rest(on, address, { ...withMatch(stale), payload })
      expect(refused.statusCode, `${address} at ${stale}`).toBe(412)
      expect(refused.json()).toMatchObject({
        status: 412,
        code: 'PRECONDITION_FAILED',
        reason: 'note/stale-version',
      })
    }
    const byBody = await rest(on, address, { headers, payload: { ...payload, version: 1 } })
    expect(byBody.statusCode).toBe(409)
    expect(byBody.json()).toMatchObject({ code: 'CONFLICT', reason: 'note/stale-version' })
  }
  expect((await rest(on, `DELETE /notes/${id}`, withMatch('"1"'))).statusCode).toBe(412)
  expect((await rest(on, `DELETE /notes/${id}?version=1`, { headers })).statusCode).toBe(409)
  const stored = await rest(on, `GET /notes/${id}`, { headers })
  expect(stored.json()).toMatchObject({ title: 'First', version: 2, status: 'open' })
})

test('the version is required, and must be given once', async () => {
  const { id } = await create()
  const cases = [
    [{ headers }, { title: 'X' }, 'version'],
    [withMatch('"1"'), { title: 'X', version: 1 }, 'version'],
    [withMatch(Array.from({ length: 11 }, (_, n) => `"${n + 1}"`).join()), {}, 'if-match'],
  ] as const
  for (const [request, payload, path] of cases) {
    const response = await rest(on, `PATCH /notes/${id}`, { ...request, payload })
    expect(response.statusCode).toBe(400)
    expect(response.json().fields).toMatchObject([{ path }])
  }
  const any = { ...withMatch('*'), payload: { title: 'X', version: 1 } }
  expect((await rest(on, `PATCH /notes/${id}`, any)).statusCode).toBe(200)
})

test('If-Match matches any of several tags, and * any version (RFC 9110, 13.1.1)', async () => {
  const { id, etag } = await create()
  const patch = (ifMatch: string, title: string) =>
    rest(on, `PATCH /notes/${id}`, { ...withMatch(ifMatch), payload: { title } })
  expect((await patch(`"7", ${etag}`, 'Second')).json()).toMatchObject({ version: 2 })
  expect((await patch('"1","2.abc"', 'Third')).json()).toMatchObject({ version: 3 })
  expect((await patch('*', 'Fourth')).json()).toMatchObject({ version: 4, title: 'Fourth' })
  expect((await patch('"1", "2", W/"4"', 'Lost')).statusCode).toBe(412)
  const closed = await rest(on, `POST /notes/${id}/close`, withMatch('*'))
  expect(closed.json()).toMatchObject({ version: 5 })
  expect((await rest(on, `DELETE /notes/${id}`, withMatch('"1", "5"'))).statusCode).toBe(204)
  expect((await patch('*', 'Gone')).statusCode).toBe(404)
})

test('what the caller may not change is 404 whatever the condition says', async () => {
  const { id } = await create()
  const stranger = await signUp(on, { role: 'author' })
  const other = bearer((await createApiToken(on, stranger, ['profile:write'])).token)
  for (const version of ['"1"', '"2"', '"x"']) {
    const request = { headers: { ...other, 'if-match': version }, payload: { title: 'X' } }
    expect((await rest(on, `PATCH /notes/${id}`, request)).statusCode).toBe(404)
  }
})

test('a condition on what has no version is refused, not ignored', async () => {
  const refused = await rest(on, 'PATCH /me', { ...withMatch('"1"'), payload: { bio: 'X' } })
  expect(refused.statusCode).toBe(400)
  expect(refused.json().fields).toMatchObject([{ path: 'if-match' }])
  expect((await rest(on, 'PATCH /me', { ...withMatch('*'), payload: {} })).statusCode).toBe(200)
})

test('responses to a known caller are private, those to anybody may be cached and revalidated', async () => {
  const { cookie } = person
  for (const [from, expected] of [
    [{}, 'public, max-age=0, must-revalidate'],
    [headers, 'private, no-store'],
    [{ cookie }, 'private, no-store'],
  ] as const) {
    for (const address of ['GET /notes', 'HEAD /site', 'GET /me']) {
      const response = await rest(on, address, { headers: { ...from } })
      expect(response.headers['cache-control']).toBe(expected)
      expect(response.headers.vary).toBe('Origin, Authorization, Cookie')
    }
  }
  const made = await rest(on, 'POST /notes', { headers, payload: {} })
  expect(made.headers['cache-control']).toBe('private, no-store')
  expect(
    (await rest(on, 'GET /notes/01900000-0000-7000-8000-000000000000')).headers['cache-control'],
  ).toBe('no-store')
})
