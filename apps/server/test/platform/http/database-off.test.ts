import { expect, test } from 'vitest'
import { useApp } from '../../app.ts'

/** Nobody listens there. */
const on = useApp(
  { DATABASE_URL: 'postgres://galley:x@127.0.0.1:1/galley', DATABASE_POOL_MAX: '2' },
  {
    webBuild: {
      clientDir: import.meta.dirname,
      publicAddressOf: () => undefined,
      fetch: async () => new Response('a page'),
    },
  },
)

test.for([
  '/health/live',
  '/api',
  '/api/reference',
  '/api/reference.json',
  '/api/problems',
  '/api/problems/user/not-found',
  '/api/v1/openapi.json',
  '/database-off.test.ts',
])('RE5 %s needs no database', async (path) => {
  const { statusCode } = await on.app.inject(path)
  expect(statusCode).toBe(200)
})

const cookie = `__Host-galley-session=${'a'.repeat(43)}; galley-session=${'a'.repeat(43)}`

test('RE5 what needs it is refused at once, however many ask', async () => {
  const begun = performance.now()
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, n) =>
      on.app.inject({
        url: ['/', '/trpc/site.get', '/api/v1/site'][n % 3] ?? '/',
        headers: { accept: 'text/html', cookie },
      }),
    ),
  )
  expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([503]))
  expect(new Set(answers.map(({ headers }) => headers['retry-after']))).toEqual(new Set(['1']))
  expect(answers[0]?.body).toContain('The service is busy or starting up.')
  // Two connections, tried in turn every half a second for one request after the other, would take 10 s and more.
  expect(performance.now() - begun).toBeLessThan(4_000)
})

test('RE5 readiness is one line while it stays the same', async () => {
  for (let n = 0; n < 5; n += 1) {
    expect((await on.app.inject('/health/ready')).statusCode).toBe(503)
  }
  const lines = on.logs.filter((line) => line.includes('database does not answer'))
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain('ECONNREFUSED')
})
