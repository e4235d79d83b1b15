import { describe, expect, test } from 'vitest'
import { signUp } from '../../people.ts'
import { bearer, createApiToken } from '../identity/tokens.ts'
import { useWebApp } from './web-app.ts'

const { on, web } = useWebApp()

test('a page that could not be made for now says when to come back, and is not kept', async () => {
  web.answer = () => new Response('<p>busy</p>', { status: 503 })
  const { headers, statusCode } = await on.app.inject('/something')
  expect(statusCode).toBe(503)
  expect(headers).toMatchObject({ 'retry-after': '1', 'cache-control': 'private, no-store' })
})

describe('pages', () => {
  test('get the nonce, the request id and the public origin, whatever Host says', async () => {
    const response = await on.app.inject({
      url: '/evil.example/a?b=c',
      headers: {
        host: 'evil.example',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'gopher',
      },
    })
    expect(response.body).toBe('<p>page</p>')
    expect(response.headers['content-type']).toBe('text/html')
    const [{ url, context } = { url: '', context: undefined }] = web.seen
    expect(url).toBe('https://galley.test/evil.example/a?b=c')
    expect(context?.origin).toBe('https://galley.test')
    expect(context?.requestId).toBe(response.headers['x-request-id'])
    expect(context?.nonce).toMatch(/^[\w-]{22}$/)
    expect(response.headers['content-security-policy']).toContain(`'nonce-${context?.nonce}'`)
  })

  test('ask the API in this process as the visitor, and cost one unit', async () => {
    const person = await signUp(on)
    web.answer = async ({ context, cookie }) => {
      const call = (path: string) =>
        context.api(
          new Request(`${context.origin}/trpc/${path}`, { headers: { cookie: cookie ?? '' } }),
        )
      const one = await call('sessions.current')
      const batch = await call(
        'sessions.current,identities.providers?batch=1&input={"0":{},"1":{}}',
      )
      return Response.json([await one.json(), await batch.json()])
    }
    const response = await on.app.inject({ url: '/', headers: person.asBrowser })
    const [one, batch] = response.json()
    expect(one.result.data.user.username).toBe(person.username)
    expect(batch).toHaveLength(2)
    const remaining = (ratelimit: unknown) => Number(/r=(\d+)/.exec(String(ratelimit))?.[1])
    const next = await on.app.inject({ url: '/', headers: person.asBrowser })
    expect(remaining(next.headers.ratelimit)).toBe(remaining(response.headers.ratelimit) - 1)
  })

  test('HD2 of a signed-in person are kept by nobody', async () => {
    const person = await signUp(on)
    const { token } = await createApiToken(on, person, ['profile:read'])
    for (const url of ['/', '/me/x.css', '/settings/photo.jpg']) {
      const own = await on.app.inject({ url, headers: person.asBrowser })
      expect(own.headers['cache-control']).toBe('private, no-store')
      const forged = await on.app.inject({ url, headers: { cookie: '__Host-galley-session=x' } })
      expect(forged.headers['cache-control']).toBe('private, no-store')
      const program = await on.app.inject({ url, headers: bearer(token) })
      expect(program.headers['cache-control']).toBe('private, no-store')
      const wrong = await on.app.inject({ url, headers: bearer('gly_x') })
      expect(wrong.statusCode).toBe(401)
      const anonymous = await on.app.inject({ url })
      expect(anonymous.headers['cache-control']).toBe('private, no-cache')
      for (const { headers } of [own, anonymous])
        expect(headers.vary).toBe('accept, accept-encoding, authorization, cookie')
    }
  })

  test('that set a cookie are kept by nobody', async () => {
    web.answer = () =>
      new Response('', {
        headers: [
          ['set-cookie', 'a=1'],
          ['set-cookie', 'b=2'],
        ],
      })
    const { headers } = await on.app.inject('/')
    expect(headers['set-cookie']).toEqual(['a=1', 'b=2'])
    expect(headers['cache-control']).toBe('private, no-store')
  })

  test('keep status and headers of their own', async () => {
    web.answer = () => new Response(null, { status: 307, headers: { location: '/sign-in' } })
    const response = await on.app.inject('/settings')
    expect(response.statusCode).toBe(307)
    expect(response.headers.location).toBe('/sign-in')
    expect(response.body).toBe('')
  })

  test('to HEAD have no body', async () => {
    const response = await on.app.inject({ method: 'HEAD', url: '/' })
    expect(response.statusCode).toBe(200)
    expect(response.body).toBe('')
    expect(response.headers['content-type']).toBe('text/html')
    expect(web.seen[0]?.method).toBe('HEAD')
  })

  test('take no other method', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
      const response = await on.app.inject({
        method,
        url: '/',
        headers: { 'content-type': 'application/json' },
      })
      expect(response.statusCode).toBe(405)
      expect(response.headers.allow).toBe('GET, HEAD')
    }
    expect(web.seen).toEqual([])
  })

  test('that fail are a plain page of ours', async () => {
    web.answer = () => {
      throw new Error('a detail')
    }
    const response = await on.app.inject({ url: '/', headers: { accept: 'text/html' } })
    expect(response.statusCode).toBe(500)
    expect(response.body).toContain('Internal server error')
    expect(response.body).not.toContain('a detail')
  })

  test('that fail before their first byte are a plain page too, not said to be compressed', async () => {
    web.answer = () =>
      new Response(new ReadableStream({ pull: (stream) => stream.error(new Error('a detail')) }), {
        headers: { 'content-type': 'text/html' },
      })
    const response = await on.app.inject({
      url: '/',
      headers: { accept: 'text/html', 'accept-encoding': 'br' },
    })
    expect(response.statusCode).toBe(500)
    expect(response.headers).not.toHaveProperty('content-encoding')
    expect(response.body).toContain('Internal server error')
  })

  test('have one address: others lead to it for good, in one step', async () => {
    for (const [url, location] of [
      ['/authors/x/', '/authors/x'],
      ['/Authors/MIRA-OKAFOR?page=B', '/authors/mira-okafor?page=B'],
      ['//evil.example//', '/evil.example'],
      ['//icon.svg', '/icon.svg'],
      ['/assets/', '/assets'],
    ] as const) {
      const response = await on.app.inject(url)
      expect([url, response.statusCode, response.headers.location]).toEqual([
        url,
        301,
        `https://galley.test${location}`,
      ])
    }
    expect(web.seen).toEqual([])
    expect((await on.app.inject('/icon.svg')).statusCode).toBe(200)
    expect((await on.app.inject('/authors/x')).statusCode).toBe(200)
  })

  test('asked for as JSON are refused with a reason', async () => {
    for (const accept of ['application/json', 'application/json, image/*', 'text/plain']) {
      const response = await on.app.inject({ url: '/authors/x', headers: { accept } })
      expect(response.statusCode).toBe(406)
      expect(response.json()).toMatchObject({
        reason: 'route/not-acceptable',
        fields: [],
        requestId: response.headers['x-request-id'],
      })
    }
    for (const accept of ['*/*', 'text/html;q=0.5, application/json', '']) {
      const response = await on.app.inject({ url: '/authors/x', headers: { accept } })
      expect(response.statusCode).toBe(200)
    }
  })

  test.for(['/%E0%A4%A', '/%zz', '/?q=%ff'])('that cannot be read are a page: %s', async (url) => {
    const response = await on.app.inject({ url, headers: { accept: 'text/html' } })
    expect(response.statusCode).toBe(400)
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(response.body).toContain('<h1>The request')
    const [, nonce] = /<style nonce="([\w-]{22})">/.exec(response.body) ?? []
    expect(response.headers['content-security-policy']).toContain(`'nonce-${nonce}'`)
  })

  test('do not stand for what the API does not have', async () => {
    for (const url of ['/api/nothing', '/trpc/no.such', '/health/nothing']) {
      const response = await on.app.inject({ url, headers: { accept: 'text/html' } })
      expect(response.statusCode).toBe(404)
      expect(response.headers['content-type']).toContain('application/json')
    }
    expect(web.seen).toEqual([])
  })
})
