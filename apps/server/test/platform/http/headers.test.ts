import net, { type AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { CALL_BODY_LIMIT } from '../../../src/server-options.ts'
import { useApp } from '../../app.ts'
import { signUp } from '../../people.ts'

const directives = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' https: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'self'",
]

/** Of what is opened by people, or might be. */
const ofPages = {
  'content-security-policy': directives.join(';'),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
}

/** Of JSON, for which the others mean nothing. */
const ofJson = {
  'content-security-policy': "default-src 'none'",
  'x-content-type-options': 'nosniff',
}

const securityOf = (headers: object) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => Object.hasOwn(ofPages, name)))

describe('HD1 where pages send files to the store by themselves', () => {
  const on = useApp({ S3_BUCKET: 'pictures', S3_ENDPOINT: 'https://s3.example.com' })

  test('the policy lets them, and nowhere else', async () => {
    const { headers } = await on.app.inject('/nowhere')
    const policy = String(headers['content-security-policy']).split(';')
    expect(policy).toContain("connect-src 'self' https://pictures.s3.example.com")
    expect(policy.filter((directive) => directive.includes('s3.example.com'))).toHaveLength(1)
  })
})

describe('HD1 security headers', () => {
  const on = useApp({ RATE_LIMIT_PER_MINUTE: '100' })

  test('are on every status', async () => {
    const { app } = on
    const person = await signUp(on)
    await on.database.asOperator((sql) => sql`alter table job_runs rename to hidden`)
    const used = '/trpc/nothing.here'
    const answers = {
      200: app.inject('/health/live'),
      400: app.inject('/%zz'),
      401: app.inject('/trpc/jobs.list'),
      403: on.post('/trpc/users.updateProfile', {}, { origin: 'https://evil.example' }),
      404: app.inject('/nowhere'),
      405: on.post('/health/live'),
      413: on.post('/trpc/sessions.create', 'x'.repeat(CALL_BODY_LIMIT + 1)),
      414: app.inject(`/?${'x'.repeat(9000)}`),
      415: app.inject({
        method: 'POST',
        url: used,
        payload: 'a',
        headers: { 'content-type': 'text/plain' },
      }),
      500: app.inject({ url: '/trpc/jobs.list', headers: person.asBrowser }),
      204: app.inject({
        method: 'OPTIONS',
        url: used,
        headers: { origin: 'https://app.galley.test', 'access-control-request-method': 'POST' },
      }),
    }
    const pages = new Set(['400', '404', '414'])
    for (const [status, answer] of Object.entries(answers)) {
      const { statusCode, headers } = await answer
      expect.soft(statusCode).toBe(Number(status))
      expect.soft(securityOf(headers), status).toEqual(pages.has(status) ? ofPages : ofJson)
      expect.soft(headers['x-request-id'], status).toMatch(/^[\w-]{36}$/)
      expect.soft(headers, status).not.toHaveProperty('x-powered-by')
      expect.soft(headers, status).not.toHaveProperty('strict-transport-security')
    }
  })

  test('let what is inline through by a nonce, another each time', async () => {
    const pages = [await on.app.inject('/api/problems'), await on.app.inject('/api/problems')]
    const nonces = pages.map(({ headers, body }) => {
      const [, nonce = ''] = /<style nonce="([\w-]{22})"/.exec(body) ?? []
      const withNonce = directives.map((directive) =>
        /^(script|style)-src/.test(directive) ? `${directive} 'nonce-${nonce}'` : directive,
      )
      expect(String(headers['content-security-policy']).split(';')).toEqual(withNonce)
      return nonce
    })
    expect(nonces[0]).not.toBe(nonces[1])
  })

  test('and on 429', async () => {
    const calls = Array.from({ length: 101 }, () => on.app.inject('/trpc/a.b'))
    const last = (await Promise.all(calls)).at(-1)
    expect(last?.statusCode).toBe(429)
    expect(last?.headers['content-security-policy']).toBe("default-src 'none'")
  })

  test.for([
    '/%74rpc/site.get',
    '/trpcx',
    '/api/v1x',
    '/healthy',
    '//trpc/site.get',
    '/api/v1%2Fx',
  ])('of %s, which is no address of the API, are those of pages', async (url) => {
    const { headers } = await on.app.inject(url)
    expect(headers).toMatchObject(ofPages)
    expect(String(headers['content-security-policy']).split(';')).toEqual(directives)
  })
})

describe('HD1 in production, where all subdomains have https', () => {
  const on = useApp({
    NODE_ENV: 'production',
    SMTP_URL: 'smtp://mail.galley.test',
    HSTS_INCLUDE_SUBDOMAINS: 'yes',
  })

  test('browsers stay on https there too', async () => {
    const { headers } = await on.app.inject('/health/live')
    expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains')
  })
})

describe('HD1 in production', () => {
  const on = useApp({ NODE_ENV: 'production', SMTP_URL: 'smtp://mail.galley.test' })

  test.for(['/health/live', '/trpc/site.get', '/nowhere'])(
    'browsers stay on https by %s',
    async (url) => {
      const { headers } = await on.app.inject(url)
      expect(headers['strict-transport-security']).toBe('max-age=31536000')
    },
  )

  test.for([
    ['/trpc/site.get', 450],
    ['/api/v1/site', 600],
  ] as const)('the head of %s has %i bytes at most', async ([path, most]) => {
    await on.app.listen({ port: 0, host: '127.0.0.1' }).catch(() => {})
    const { port } = on.app.server.address() as AddressInfo
    const socket = net.connect(port, '127.0.0.1')
    socket.write(`GET ${path} HTTP/1.1\r\nHost: galley.test\r\nConnection: close\r\n\r\n`)
    const [head = ''] = (await text(socket)).split('\r\n\r\n')
    expect(head).toContain(' 200 OK')
    expect(head.length).toBeLessThanOrEqual(most)
  })
})
