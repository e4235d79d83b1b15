import { Scope } from '@galley/contract/scopes'
import { insertArticle } from '@galley/testing/publishing/factories'
import { beforeAll, expect, test } from 'vitest'
import { useApp } from '../app.ts'
import { signUp } from '../people.ts'
import { rest } from '../rest.ts'
import { bearer, createApiToken } from '../platform/identity/tokens.ts'

const on = useApp()
let headers: ReturnType<typeof bearer>
let authorId = ''

beforeAll(async () => {
  const person = await signUp(on, { role: 'author' })
  authorId = person.id
  headers = bearer((await createApiToken(on, person, [...Scope.options])).token)
})

test('an article is created, read, changed, published and deleted', async () => {
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

test('an article is read by a slug that is the word of another address', async () => {
  const { id, slug } = await insertArticle(on.database.db, { authorId, slug: 'rerender' })
  const read = await rest(on, `GET /articles/${slug}`)
  expect([read.statusCode, read.json().id]).toEqual([200, id])
  const started = await rest(on, `POST /articles/${slug}`, { headers })
  expect(started.json().reason).toBe('role/required')
  const refused = await rest(on, `PUT /articles/${slug}`, { headers })
  expect(refused.statusCode).toBe(405)
  expect(refused.headers.allow).toBe('GET, HEAD, POST, PATCH, DELETE, OPTIONS')
})

test('favourites and follows are put and deleted, repeatedly too', async () => {
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

test('a comment is found at its own address and in the list of its article', async () => {
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

test('lists of the caller need a signed-in caller', async () => {
  for (const address of ['/me/articles', '/me/feed']) {
    expect((await rest(on, `GET ${address}`, { headers })).json()).toHaveProperty('page')
    expect((await rest(on, `GET ${address}`)).statusCode).toBe(401)
  }
})
