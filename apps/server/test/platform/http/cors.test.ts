import { describe, expect, test } from 'vitest'
import { useApp } from '../../app.ts'

const on = useApp()

const refused = [
  'https://evil.example',
  'null',
  'https://app.galley.test.evil.example',
  'https://app.galley.test:8443',
  'http://app.galley.test',
  'HTTPS://APP.GALLEY.TEST',
  '*',
]

describe('CO1', () => {
  test.for(['https://app.galley.test', 'https://galley.test'])('%s may read', async (origin) => {
    for (const url of ['/trpc/site.get', '/api/reference.json', '/api/nothing', '/trpc/no.such']) {
      const { headers } = await on.app.inject({ url, headers: { origin } })
      expect(headers['access-control-allow-origin']).toBe(origin)
      expect(headers['access-control-allow-credentials']).toBe('true')
      expect(String(headers.vary).toLowerCase()).toContain('origin')
    }
  })

  test.for(refused)('%s may not', async (origin) => {
    for (const method of ['GET', 'OPTIONS', 'POST'] as const) {
      const { headers } = await on.app.inject({
        method,
        url: '/trpc/site.get',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'content-type': 'application/json',
        },
      })
      expect(headers).not.toHaveProperty('access-control-allow-origin')
      expect(headers).not.toHaveProperty('access-control-allow-credentials')
      expect(String(headers.vary).toLowerCase()).toContain('origin')
    }
  })

  test('a preflight names methods, headers and a lifetime', async () => {
    const response = await on.app.inject({
      method: 'OPTIONS',
      url: '/trpc/users.updateProfile',
      headers: {
        origin: 'https://app.galley.test',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type, x-evil',
      },
    })
    expect(response.statusCode).toBe(204)
    expect(response.headers).toMatchObject({
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers':
        'authorization, content-type, idempotency-key, traceparent, trpc-accept, x-request-id',
      'access-control-max-age': '600',
    })
  })

  test('pages and health are for nobody else', async () => {
    for (const url of ['/', '/health/live', '/trpcx', '/apix']) {
      const { headers } = await on.app.inject({
        url,
        headers: { origin: 'https://app.galley.test' },
      })
      expect(headers).not.toHaveProperty('access-control-allow-origin')
    }
  })
})
