import { Scope } from '@galley/contract/scopes'
import { insertArticle } from '@galley/testing/publishing/factories'
import { beforeAll, expect, test } from 'vitest'
import { useApp } from '../app.ts'
import { signUp } from '../people.ts'
import { rest } from '../rest.ts'
import { bearer, createApiToken } from '../platform/identity/tokens.ts'

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

test('the ETag of an article depends on who reads it', async () => {
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

test('an article is changed, published, unpublished and deleted at the version in If-Match', async () => {
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

test('a stale version of an article is 412 by header and 409 otherwise, and nothing is written', async () => {
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

test('a draft of somebody else is 404 whatever the condition says', async () => {
  const { id } = await create()
  const stranger = await signUp(on, { role: 'author' })
  const other = bearer((await createApiToken(on, stranger, ['articles:write'])).token)
  for (const version of ['"1"', '"2"', '"x"']) {
    const request = { headers: { ...other, 'if-match': version }, payload: { title: 'X' } }
    expect((await rest(on, `PATCH /articles/${id}`, request)).statusCode).toBe(404)
  }
})
