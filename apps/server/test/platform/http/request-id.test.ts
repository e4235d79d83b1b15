import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { useApp } from '../../app.ts'

const on = useApp()

const uuidv7 = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

async function idFor(given: string | undefined) {
  const { headers } = await on.app.inject({
    url: '/health/live',
    headers: { ...(given !== undefined && { 'x-request-id': given }) },
  })
  return headers['x-request-id']
}

test.for(['01234567', 'a.b-c_D9', randomUUID(), 'x'.repeat(64)])('keeps %s', async (given) => {
  expect(await idFor(given)).toBe(given)
})

test.for([
  undefined,
  '',
  'short',
  'x'.repeat(65),
  'with space',
  'semi;colon',
  '<script>x',
  'é'.repeat(10),
])('replaces %s', async (given) => {
  expect(await idFor(given)).toMatch(uuidv7)
})

test('two ids at once are none', async () => {
  const response = await on.app.inject({
    url: '/api',
    headers: { 'x-request-id': ['abcdefgh', 'ijklmnop'] },
  })
  expect(response.headers['x-request-id']).toMatch(uuidv7)
})

const trace = '0af7651916cd43dd8448eb211c80319c'

test.for([
  [`00-${trace}-b7ad6b7169203331-01`, trace],
  [`cc-${trace}-b7ad6b7169203331-01-what-the-future-will-bring`, trace],
  [`00-${trace.toUpperCase()}-b7ad6b7169203331-01`, undefined],
  [`00-${'0'.repeat(32)}-b7ad6b7169203331-01`, undefined],
  [`00-${trace}-${'0'.repeat(16)}-01`, undefined],
  [`ff-${trace}-b7ad6b7169203331-01`, undefined],
  ['nonsense', undefined],
])('traceparent %s', async ([traceparent, traceId]) => {
  const id = randomUUID()
  await on.app.inject({ url: '/api', headers: { traceparent, 'x-request-id': id } })
  const line = on.logs.map((text) => JSON.parse(text)).find(({ requestId }) => requestId === id)
  expect(line).toMatchObject({ msg: 'request', path: '/api', status: 200 })
  expect(line.traceId).toBe(traceId)
})

test.each([
  ['a batch that is too large', `${'site.get,'.repeat(10)}site.get?batch=1`, {}],
  ['a mixed batch', 'site.get,users.updateProfile?batch=1', {}],
  [
    'a batch that tRPC refuses before its calls',
    'site.get,site.get?batch=1&connectionParams={',
    {},
  ],
  ['the same as a stream', 'site.get?batch=1&connectionParams={', { accept: 'application/jsonl' }],
  [
    'a batch of forms',
    'site.get,x.y?batch=1',
    { 'content-type': 'multipart/form-data; boundary=x' },
  ],
  ['a call that tRPC refuses before it runs', 'site.get?connectionParams={', {}],
])('%s is refused with its request id', async (_what, target, headers) => {
  const response = await on.app.inject({ url: `/trpc/${target}`, headers })
  expect(response.statusCode).toBeGreaterThanOrEqual(400)
  expect(response.json().error.data.requestId).toBe(response.headers['x-request-id'])
})
