import { expect, test } from 'vitest'
import { useApp } from './app.ts'
import { signUp } from './people.ts'

const on = useApp()

test('IN2 bodies: an article of 100,000 characters fits, a megabyte and a byte does not', async () => {
  const person = await signUp(on)
  const body = '漢'.repeat(100_000)
  const fits = await on.post('/trpc/articles.create', { title: 'long', body }, person.asBrowser)
  expect(fits.statusCode).toBe(200)
  const tooLong = await on.post('/trpc/articles.create', { body: `${body}x` }, person.asBrowser)
  expect(tooLong.statusCode).toBe(400)
  const tooLarge = await on.post('/trpc/articles.create', 'x'.repeat(2 ** 20 + 1), person.asBrowser)
  expect(tooLarge.statusCode).toBe(413)
  expect(tooLarge.json().error.data).toMatchObject({
    code: 'PAYLOAD_TOO_LARGE',
    reason: 'request/too-large',
  })
})

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
  const response = await on.post('/trpc/articles.create', json, person.asBrowser)
  expect(response.statusCode).toBe(400)
  const reason = depth > 32 ? 'request/malformed' : 'request/invalid'
  expect(response.json().error.data.reason).toBe(reason)
  if (depth > 1000) return
  const query = await on.app.inject(`/trpc/articles.list?input=${json}`)
  expect(query.json().error.data.reason).toBe(reason)
})

test('IN2 brackets inside text are not depth', async () => {
  const person = await signUp(on)
  const response = await on.post(
    '/trpc/articles.create',
    { title: 'deep', body: `${'[{"'.repeat(100)}\\"` },
    person.asBrowser,
  )
  expect(response.statusCode).toBe(200)
})

test.for(['TRACE', 'QUERY', 'PROPFIND', 'MKCOL'])('CF4 %s is refused', async (method) => {
  for (const url of ['/', '/trpc/articles.list', '/api', '/health/live']) {
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
