import { errorReasons } from '@galley/contract/errors'
import { Scope } from '@galley/contract/scopes'
import { beforeAll, describe, expect, test } from 'vitest'
import { CALL_BODY_LIMIT } from '../../../src/server-options.ts'
import { useNotesApp } from '../../notes.ts'
import { signUp } from '../../people.ts'
import { rest } from '../../rest.ts'
import { bearer, createApiToken } from '../identity/tokens.ts'

const on = useNotesApp()
let headers: ReturnType<typeof bearer>
let reader: ReturnType<typeof bearer>
const missing = '01900000-0000-7000-8000-000000000000'

beforeAll(async () => {
  const person = await signUp(on, { role: 'author' })
  headers = bearer((await createApiToken(on, person, [...Scope.options])).token)
  reader = bearer((await createApiToken(on, person, ['site:read'])).token)
})

test('ER1 every refusal is a problem with a page about it', async () => {
  const json = { 'content-type': 'application/json' }
  const refusals: [response: ReturnType<typeof rest>, status: number, reason: string][] = [
    [rest(on, 'POST /notes', { headers, payload: { title: 1 } }), 400, 'request/invalid'],
    [rest(on, 'POST /notes', { headers, payload: '{' }), 400, 'request/malformed'],
    [rest(on, 'GET /%zz'), 400, 'request/malformed'],
    [rest(on, 'GET /me/jobs'), 401, 'session/required'],
    [rest(on, 'GET /site', { headers: bearer('gly_wrong') }), 401, 'token/invalid'],
    [rest(on, 'GET /me/jobs', { headers: reader }), 403, 'token/scope-missing'],
    [
      rest(on, 'POST /notes', { payload: {}, headers: { origin: 'https://evil.example' } }),
      403,
      'request/cross-site',
    ],
    [rest(on, 'GET /nowhere'), 404, 'route/not-found'],
    [rest(on, 'GET /notes/'), 404, 'route/not-found'],
    [rest(on, `GET /jobs/${missing}`, { headers }), 404, 'job/not-found'],
    [rest(on, 'PUT /notes', { headers }), 405, 'route/method-not-allowed'],
    [
      rest(on, 'POST /notes', { headers, payload: { body: 'x'.repeat(CALL_BODY_LIMIT) } }),
      413,
      'request/too-large',
    ],
    [
      rest(on, 'POST /notes', {
        payload: 'title=x',
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      }),
      415,
      'request/unsupported-media-type',
    ],
    [
      rest(on, 'POST /auth/tokens', {
        headers: json,
        payload: { email: 'a@example.com', password: 'no' },
      }),
      401,
      'session/wrong-credentials',
    ],
    [rest(on, 'POST /auth/tokens', { headers: json, payload: {} }), 400, 'request/invalid'],
  ]
  for (const [refusal, status, reason] of refusals) {
    const response = await refusal
    expect(response.statusCode, reason).toBe(status)
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect(response.headers['cache-control']).toBe('no-store')
    const problem = response.json()
    expect(problem).toMatchObject({
      type: `https://galley.test/api/problems/${reason}`,
      title: expect.stringMatching(/\.$/),
      status,
      detail: expect.any(String),
      code: expect.stringMatching(/^[A-Z_]+$/),
      reason,
      fields: expect.any(Array),
      requestId: response.headers['x-request-id'],
    })
    expect(problem.instance ?? '/api/v1/').toMatch(/^\/api\/v1\/[^%?]*$/)
    expect('www-authenticate' in response.headers).toBe(
      status === 401 || reason === 'token/scope-missing',
    )
    const about = await on.app.inject(new URL(problem.type).pathname)
    expect(about.statusCode).toBe(200)
    expect(about.body).toContain(reason)
  }
})

test('ER1 each reason has a page, and the index names it', async () => {
  const index = await on.app.inject('/api/problems')
  expect(index.headers['content-type']).toBe('text/html; charset=utf-8')
  for (const [reason, { message }] of Object.entries(errorReasons)) {
    expect(index.body).toContain(`href="/api/problems/${reason}"`)
    const { statusCode, body } = await on.app.inject(`/api/problems/${reason}`)
    expect(statusCode, reason).toBe(200)
    expect(body).toContain(message)
  }
  for (const other of ['job/none', 'constructor/name', 'x', 'a/b/c', '%3Cb%3E/x'])
    expect((await on.app.inject(`/api/problems/${other}`)).statusCode).toBe(404)
})

describe('IN1 hostile input', () => {
  const bodies: [name: string, address: string, payload: unknown, path?: string][] = [
    ['an unknown field', 'POST /notes', { colour: 'red' }, 'colour'],
    ['__proto__', 'POST /notes', '{"__proto__":{"title":"x"}}', '__proto__'],
    ['constructor', 'POST /notes', '{"constructor":{"prototype":{}}}', 'constructor'],
    ['an id in the body, too', `PATCH /notes/${missing}`, { id: missing, version: 1 }, 'id'],
    ['a body field in the query', 'POST /notes?title=x', {}, 'title'],
    ['a huge number', `PATCH /notes/${missing}`, '{"version":1e999}', 'version'],
    ['a number beyond 2^53', `PATCH /notes/${missing}`, { version: 2 ** 60 }, 'version'],
    ['NUL', 'POST /notes', { body: 'a\0b' }, 'body'],
    ['a lone surrogate', 'POST /notes', '{"body":"\\ud800"}', 'body'],
    ['a name that is a lone surrogate', 'POST /notes', '{"\\ud800":1}'],
    ['an array', 'POST /notes', '[]', ''],
    ['null', 'POST /notes', 'null', ''],
    ['a string', 'POST /notes', '"x"', ''],
    ['a text that is no JSON', 'POST /notes', 'x'],
    ['JSON that stops', 'POST /notes', '{"title":"x'],
    ['two documents', 'POST /notes', '{}{}'],
    ['33 arrays', 'POST /notes', `{"labels":${'['.repeat(33)}${']'.repeat(33)}}`],
    ['50,000 arrays', 'POST /notes', '['.repeat(50_000)],
  ]

  test.each(bodies)('%s is 400', async (_, address, payload, path) => {
    const response = await rest(on, address, { headers, payload })
    expect(response.statusCode).toBe(400)
    expect(response.headers['content-type']).toContain('application/problem+json')
    const paths: string[] = response.json().fields.map((field: { path: string }) => field.path)
    expect(paths).toEqual(expect.arrayContaining(path === undefined ? [] : [path]))
    expect(({} as { title?: string }).title).toBeUndefined()
  })

  test.each([
    'GET /notes/1',
    'GET /notes/%00',
    `GET /notes/${missing}%00`,
    'GET /notes/%00',
    'GET /notes/%ff',
    'GET /notes/%ed%a0%80',
    `GET /notes/${'x'.repeat(300)}`,
    'GET /users/%F0%9F%92%A5',
    'GET /jobs/..',
    'GET /jobs/..%2f..%2fme',
    'GET /users/__proto__',
  ])('%s is refused by the application', async (address) => {
    const response = await rest(on, address, { headers })
    expect([400, 404]).toContain(response.statusCode)
    expect(response.headers['content-type']).toContain('application/problem+json')
  })

  test('the caller is checked before the input is read', async () => {
    for (const payload of ['{', '[]', '{"colour":1}'])
      expect((await rest(on, 'POST /notes', { payload })).statusCode).toBe(401)
  })

  test('a body of another type, of none, of another coding', async () => {
    const post = (more: object) =>
      on.app.inject({
        method: 'POST',
        url: '/api/v1/notes',
        headers: { ...headers, ...more },
        payload: '{}',
      })
    for (const type of ['text/plain', 'application/xml', 'application/json-patch+json', 'x', ''])
      expect((await post({ 'content-type': type })).statusCode, type).toBe(415)
    expect((await post({ 'content-type': 'application/json; charset=utf-8' })).statusCode).toBe(201)
  })
})
