import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { useApp, type TestApp } from '../../app.ts'

const production = { NODE_ENV: 'production', SMTP_URL: 'smtp://mail.galley.test' }

/** Asks as the proxy on this machine does, for somebody elsewhere. */
function useProxy(on: TestApp) {
  let origin = ''
  beforeAll(async () => {
    origin = await on.app.listen({ host: '127.0.0.1', port: 0 })
  })
  return {
    origin: () => origin,
    async ask(
      proto: string | undefined,
      target: string,
      options: { method?: string; from?: string } = {},
    ) {
      const { method = 'GET', from = '203.0.113.7' } = options
      const headers = {
        host: 'galley.test',
        'x-forwarded-for': from,
        ...(proto && { 'x-forwarded-proto': proto }),
        ...(method === 'POST' && { 'content-type': 'application/json' }),
      }
      const asked = httpRequest(origin, { path: target, method, headers, agent: false })
      asked.end(method === 'POST' ? '{}' : undefined)
      const [response]: IncomingMessage[] = await once(asked, 'response')
      if (!response) throw new Error('No response')
      const { statusCode: status, headers: sent } = response
      return { status, headers: sent, body: await text(response) }
    },
  }
}

const on = useApp({ ...production, TRUST_PROXY: '127.0.0.1,10.0.0.0/8', PUBLIC_CACHE_MB: '4' })

describe('behind a proxy, where people come over https', () => {
  const { ask, origin } = useProxy(on)

  test('what only reads is sent there, with path and query', async () => {
    for (const method of ['GET', 'HEAD']) {
      const { status, headers, body } = await ask('http', '/articles/a-b?page=2&q=%2F', { method })
      expect([status, body]).toEqual([308, ''])
      expect(headers.location).toBe('https://galley.test/articles/a-b?page=2&q=%2F')
      expect(headers['cache-control']).toBe('no-store')
      expect(headers).not.toHaveProperty('strict-transport-security')
    }
    const { headers } = await ask('http', '//evil.example/a')
    expect(headers.location).toBe('https://galley.test//evil.example/a')
  })

  test('so is what would be ready to send', async () => {
    const site = '/trpc/site.get'
    const before = await ask('https', site)
    expect([before.status, before.headers['strict-transport-security']]).toEqual([
      200,
      'max-age=31536000',
    ])
    expect((await ask('https', site)).status).toBe(200)
    expect((await ask('http', site)).status).toBe(308)
  })

  test('all else is refused, in the shape of where it went', async () => {
    const rest = await ask('http', '/api/v1/users', { method: 'POST' })
    expect(rest.status).toBe(403)
    expect(rest.headers['content-type']).toContain('application/problem+json')
    expect(rest.headers.connection).toBe('close')
    expect(rest.headers).not.toHaveProperty('strict-transport-security')
    expect(JSON.parse(rest.body).reason).toBe('request/insecure')
    const trpc = await ask('http', '/trpc/sessions.create', { method: 'POST' })
    expect(JSON.parse(trpc.body).error.data.reason).toBe('request/insecure')
    const options = await ask('http', '/api/v1/users', { method: 'OPTIONS' })
    expect(options.status).toBe(403)
  })

  test('a WebSocket too', async () => {
    const socket = new WebSocket(`${origin().replace('http', 'ws')}/trpc`, {
      headers: {
        origin: 'https://galley.test',
        'x-forwarded-for': '203.0.113.7',
        'x-forwarded-proto': 'http',
      },
    })
    socket.on('error', () => {})
    const [, response]: IncomingMessage[] = await once(socket, 'unexpected-response')
    expect(response?.statusCode).toBe(308)
    socket.terminate()
  })

  test('health, what says nothing, and what came by https to the first of several, is served', async () => {
    for (const path of ['/health/live', '/health/ready']) {
      expect((await ask('http', path)).status).toBe(200)
    }
    for (const proto of [undefined, 'https', 'HTTPS', 'https, http', 'http, https', 'odd']) {
      expect([proto, (await ask(proto, '/api/v1/site')).status]).toEqual([proto, 200])
    }
    expect((await ask('http, http', '/api/v1/site')).status).toBe(308)
  })

  test('so is what was sent on the machine of a proxy', async () => {
    expect((await ask('http', '/api/v1/site', { from: '127.0.0.1' })).status).toBe(200)
    expect((await ask('http', '/api/v1/site', { from: '203.0.113.7, 10.0.0.9' })).status).toBe(308)
  })

  test('one line a minute tells of them', () => {
    const lines = on.logs.filter((line) => line.includes('requests came by http'))
    expect(lines.map((line) => JSON.parse(line).count)).toEqual([1])
  })
})

describe('nobody is sent to https', () => {
  const cases: Record<string, Record<string, string>> = {
    'by somebody who is no proxy': { ...production, TRUST_PROXY: '10.0.0.1' },
    'without a proxy': production,
    'where people come over http': {
      ...production,
      TRUST_PROXY: '127.0.0.1',
      PUBLIC_ORIGIN: 'http://localhost:3000',
    },
    'in development': { TRUST_PROXY: '127.0.0.1' },
  }
  describe.for(Object.entries(cases))('%s', ([, variables]) => {
    const { ask } = useProxy(useApp(variables, { beside: on }))
    test('and all is served', async () => {
      expect((await ask('http', '/api/v1/site')).status).toBe(200)
    })
  })
})
