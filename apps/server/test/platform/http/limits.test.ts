import { listProcedures } from '@galley/api/procedures'
import { appRouter } from '@galley/api/root'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { CALL_BODY_LIMIT } from '../../../src/server-options.ts'
import { useNotesApp } from '../../notes.ts'
import { signUp } from '../../people.ts'
import { rest } from '../../rest.ts'
import { bearer, createApiToken } from '../identity/tokens.ts'

const on = useNotesApp()

test('IN2 bodies: a note of 100,000 characters fits, a byte beyond the limit does not', async () => {
  const person = await signUp(on)
  const body = '漢'.repeat(100_000)
  const fits = await on.post('/trpc/notes.create', { title: 'long', body }, person.asBrowser)
  expect(fits.statusCode).toBe(200)
  const tooLong = await on.post('/trpc/notes.create', { body: `${body}x` }, person.asBrowser)
  expect(tooLong.statusCode).toBe(400)
  const tooLarge = await on.post(
    '/trpc/notes.create',
    'x'.repeat(CALL_BODY_LIMIT + 1),
    person.asBrowser,
  )
  expect(tooLarge.statusCode).toBe(413)
  expect(tooLarge.json().error.data).toMatchObject({
    code: 'PAYLOAD_TOO_LARGE',
    reason: 'request/too-large',
  })
})

test('IN2 bodies: characters that are two escapes each fit too, by tRPC and REST', async () => {
  const person = await signUp(on)
  const emoji = (count: number) => String.raw`\ud83d\udc4d`.repeat(count)
  const labels = Array.from({ length: 5 }, (_, n) => `"${String.raw`\u6f22`.repeat(39)}${n}"`)
  const json = `{"title":"${emoji(200)}","body":"${emoji(100_000)}","labels":[${labels.join()}]}`
  const byTrpc = await on.post('/trpc/notes.create', json, person.asBrowser)
  expect(byTrpc.statusCode).toBe(200)
  expect(byTrpc.json().result.data.body).toBe('👍'.repeat(100_000))
  const { token } = await createApiToken(on, person, ['profile:write'])
  const made = await rest(on, 'POST /notes', { headers: bearer(token), payload: json })
  expect([made.statusCode, made.json().fields]).toEqual([201, undefined])
})

test.each(listProcedures(appRouter))(
  'IN2 what $path takes is never more than a body may have',
  ({ input }) => {
    const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })
    expect(escapedBytes(schema)).toBeLessThanOrEqual(CALL_BODY_LIMIT)
  },
)

/** The largest JSON that fits a schema, every character of text written as two escapes. */
function escapedBytes(schema: z.core.JSONSchema.BaseSchema): number {
  const parts = Object.entries(schema.properties ?? {}).map(
    ([name, part]) => name.length + 4 + (typeof part === 'object' ? escapedBytes(part) : 0),
  )
  const options = (schema.anyOf ?? []).map((option) =>
    typeof option === 'object' ? escapedBytes(option) : 0,
  )
  const item = typeof schema.items === 'object' && !Array.isArray(schema.items) ? schema.items : {}
  const items = schema.type === 'array' ? (schema.maxItems ?? 0) * (escapedBytes(item) + 1) : 0
  const text = 12 * (schema.maxLength ?? 64) + 2
  return text + items + parts.reduce((sum, part) => sum + part, 2) + Math.max(0, ...options)
}

test('IN2 addresses: 8 KB', async () => {
  const at = (length: number) => `/api?${'x'.repeat(length - 5)}`
  expect((await on.app.inject(at(8192))).statusCode).toBe(200)
  const tooLong = await on.app.inject(at(8193))
  expect(tooLong.statusCode).toBe(414)
  expect(tooLong.json().reason).toBe('request/too-large')
  expect((await on.app.inject(`/trpc/${'x'.repeat(9000)}`)).statusCode).toBe(414)
})

test.for([32, 33, 1000, 50_000])('IN2 JSON nested %i deep', async (depth) => {
  const person = await signUp(on)
  const json = '['.repeat(depth) + ']'.repeat(depth)
  const response = await on.post('/trpc/notes.create', json, person.asBrowser)
  expect(response.statusCode).toBe(400)
  const reason = depth > 32 ? 'request/malformed' : 'request/invalid'
  expect(response.json().error.data.reason).toBe(reason)
  if (depth > 1000) return
  const query = await on.app.inject(`/trpc/notes.list?input=${json}`)
  expect(query.json().error.data.reason).toBe(reason)
})

test('IN2 brackets inside text are not depth', async () => {
  const person = await signUp(on)
  const response = await on.post(
    '/trpc/notes.create',
    { title: 'deep', body: `${'[{"'.repeat(100)}\\"` },
    person.asBrowser,
  )
  expect(response.statusCode).toBe(200)
})

test.for(['TRACE', 'QUERY', 'PROPFIND', 'MKCOL'])('CF4 %s is refused', async (method) => {
  for (const url of ['/', '/trpc/notes.list', '/api', '/health/live']) {
    const response = await on.app.inject({ method: method as 'GET', url })
    expect(response.statusCode).toBe(405)
    expect(response.headers.allow).toContain('GET')
    expect(response.body).not.toContain(method)
  }
})

test.for([
  '/.git/config',
  '/.env',
  '/package.json',
  '/src/main.ts',
  '/..%2f..%2f.env',
  '/metrics',
  '/admin',
])('CF4 nothing at %s', async (url) => {
  expect((await on.app.inject(url)).statusCode).toBe(404)
})

test.for(['a b', 'user:pass@galley.test', 'galley.test/x', 'galley.test:99999', '[::1'])(
  'a Host that names none is 400 everywhere: %s',
  async (host) => {
    for (const url of ['/trpc/notes.list', '/api/v1/notes', '/health/live']) {
      const response = await on.app.inject({ url, headers: { host } })
      expect(response.statusCode).toBe(400)
      expect(response.body).toContain('request/malformed')
    }
  },
)
