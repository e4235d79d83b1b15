import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import type { WebContext } from '@galley/web/host'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { signUp } from '../../people.ts'
import { bearer, createApiToken } from '../identity/tokens.ts'

const clientDir = mkdtempSync(path.join(tmpdir(), 'galley-web-'))
mkdirSync(path.join(clientDir, 'assets'))
mkdirSync(path.join(clientDir, '.hidden'))
for (const file of [
  'assets/app-1a2b.js',
  'assets/app-1a2b.js.map',
  'icon.svg',
  '.env',
  '.hidden/x.txt',
]) {
  writeFileSync(path.join(clientDir, file), `content of ${file}`)
}
const script = 'const answer = 42\n'.repeat(200)
writeFileSync(path.join(clientDir, 'assets/big-3c4d.js'), script)
writeFileSync(path.join(clientDir, 'assets/big-3c4d.js.br'), brotliCompressSync(script))
writeFileSync(path.join(clientDir, 'assets/big-3c4d.js.gz'), gzipSync(script))
afterAll(() => rmSync(clientDir, { recursive: true }))

/** Stands in for the built pages: answers what it was given. */
type Seen = { url: string; method: string; cookie: string | null; context: WebContext }
let seen: Seen[] = []
let answer: (seen: Seen) => Response | Promise<Response>
const page = () =>
  new Response('<p>page</p>', { headers: { 'content-type': 'text/html', vary: 'accept' } })
beforeEach(() => {
  seen = []
  answer = page
})

const on = useApp(
  {},
  {
    webBuild: {
      clientDir,
      async fetch(request, { context }) {
        const { url, method, headers } = request
        const one = { url, method, cookie: headers.get('cookie'), context }
        seen.push(one)
        return answer(one)
      },
    },
  },
)

test('a page that could not be made for now says when to come back, and is not kept', async () => {
  answer = () => new Response('<p>busy</p>', { status: 503 })
  const { headers, statusCode } = await on.app.inject('/articles/something')
  expect(statusCode).toBe(503)
  expect(headers).toMatchObject({ 'retry-after': '1', 'cache-control': 'private, no-store' })
})

describe('files', () => {
  test('with a hash in their name are kept for ever, others for an hour', async () => {
    const asset = await on.app.inject('/assets/app-1a2b.js')
    expect(asset.body).toBe('content of assets/app-1a2b.js')
    expect(asset.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'application/javascript; charset=utf-8',
      'x-content-type-options': 'nosniff',
    })
    const icon = await on.app.inject('/icon.svg')
    expect(icon.headers['cache-control']).toBe('public, max-age=3600')
    expect(seen).toEqual([])
  })

  test('HD1 are not sent again, with all headers', async () => {
    const first = await on.app.inject('/icon.svg')
    const again = await on.app.inject({
      url: '/icon.svg',
      headers: { 'if-none-match': String(first.headers.etag) },
    })
    expect(again.statusCode).toBe(304)
    expect(again.headers['content-security-policy']).toContain("object-src 'none'")
  })

  test('neither cost nor look up a session', async () => {
    const response = await on.app.inject({
      url: '/icon.svg',
      headers: { cookie: `__Host-galley-session=${'x'.repeat(43)}` },
    })
    expect(response.headers).not.toHaveProperty('ratelimit')
    expect(response.headers).not.toHaveProperty('set-cookie')
  })

  test.for([
    '/assets/app-1a2b.js.map',
    '/assets/big-3c4d.js.br',
    '/assets/big-3c4d.js.gz',
    '/.env',
    '/.hidden/x.txt',
    '/assets/..%2ficon.svg',
    '/..%2f..%2f..%2fetc/passwd',
  ])('CF4 %s is not one: the pages are asked', async (url) => {
    answer = () => new Response('nothing here', { status: 404 })
    const response = await on.app.inject(url)
    expect(response.statusCode).toBe(404)
    expect(response.body).toBe('nothing here')
  })
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
    const [{ url, context } = { url: '', context: undefined }] = seen
    expect(url).toBe('https://galley.test/evil.example/a?b=c')
    expect(context?.origin).toBe('https://galley.test')
    expect(context?.requestId).toBe(response.headers['x-request-id'])
    expect(context?.nonce).toMatch(/^[\w-]{22}$/)
    expect(response.headers['content-security-policy']).toContain(`'nonce-${context?.nonce}'`)
  })

  test('ask the API in this process as the visitor, and cost one unit', async () => {
    const person = await signUp(on)
    answer = async ({ context, cookie }) => {
      const call = (path: string) =>
        context.api(
          new Request(`${context.origin}/trpc/${path}`, { headers: { cookie: cookie ?? '' } }),
        )
      const one = await call('sessions.current')
      const batch = await call('articles.list,tags.list?batch=1&input={"0":{},"1":{}}')
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
    const { token } = await createApiToken(on, person, ['articles:read'])
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
      expect(anonymous.headers['cache-control']).toBe('public, max-age=0, must-revalidate')
      for (const { headers } of [own, anonymous])
        expect(headers.vary).toBe('accept, accept-encoding, cookie')
    }
  })

  test('that set a cookie are kept by nobody', async () => {
    answer = () =>
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
    answer = () => new Response(null, { status: 307, headers: { location: '/sign-in' } })
    const response = await on.app.inject('/settings')
    expect(response.statusCode).toBe(307)
    expect(response.headers.location).toBe('/sign-in')
    expect(response.body).toBe('')
  })

  test('answer HEAD without a body', async () => {
    const response = await on.app.inject({ method: 'HEAD', url: '/' })
    expect(response.statusCode).toBe(200)
    expect(response.body).toBe('')
    expect(response.headers['content-type']).toBe('text/html')
    expect(seen[0]?.method).toBe('HEAD')
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
    expect(seen).toEqual([])
  })

  test('that fail are a plain page of ours', async () => {
    answer = () => {
      throw new Error('a detail')
    }
    const response = await on.app.inject({ url: '/', headers: { accept: 'text/html' } })
    expect(response.statusCode).toBe(500)
    expect(response.body).toContain('Internal server error')
    expect(response.body).not.toContain('a detail')
  })

  test('that fail before their first byte are a plain page too, not said to be compressed', async () => {
    answer = () =>
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
    expect(seen).toEqual([])
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
    expect(seen).toEqual([])
  })
})

const decoders = { br: brotliDecompressSync, gzip: gunzipSync, identity: (bytes: Buffer) => bytes }
type Encoding = keyof typeof decoders
const accepted: [string | undefined, Encoding][] = [
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['deflate', 'identity'],
  ['identity', 'identity'],
  [undefined, 'identity'],
]
const accepting = (encoding: string | undefined) =>
  encoding === undefined ? {} : { 'accept-encoding': encoding }

describe('compressed files', () => {
  const url = '/assets/big-3c4d.js'

  test.for(accepted)('for Accept-Encoding %s: %s', async ([header, encoding]) => {
    const { headers, rawPayload } = await on.app.inject({ url, headers: accepting(header) })
    expect(headers['content-encoding'] ?? 'identity').toBe(encoding)
    expect(headers).toMatchObject({
      'content-type': 'application/javascript; charset=utf-8',
      'content-length': String(rawPayload.length),
      'cache-control': 'public, max-age=31536000, immutable',
      vary: expect.stringContaining('accept-encoding'),
    })
    expect(decoders[encoding](rawPayload).toString()).toBe(script)
    expect(rawPayload.length < script.length).toBe(encoding !== 'identity')
  })

  test('a file that the build left as it is is sent as it is', async () => {
    const response = await on.app.inject({ url: '/icon.svg', headers: accepting('br, gzip') })
    expect(response.body).toBe('content of icon.svg')
    expect(response.headers).not.toHaveProperty('content-encoding')
    expect(response.headers.vary).toContain('accept-encoding')
  })

  test('HEAD answers what GET does, without the body', async () => {
    const of = (method: 'GET' | 'HEAD') => on.app.inject({ method, url, headers: accepting('br') })
    const [got, head] = [await of('GET'), await of('HEAD')]
    expect(head.body).toBe('')
    for (const name of ['content-encoding', 'content-length', 'content-type', 'etag', 'vary']) {
      expect(head.headers[name], name).toBe(got.headers[name])
    }
  })

  test('each encoding has an ETag of its own, and is not sent again', async () => {
    const etags = new Set<string>()
    for (const encoding of ['br', 'gzip', undefined]) {
      const first = await on.app.inject({ url, headers: accepting(encoding) })
      const etag = String(first.headers.etag)
      etags.add(etag)
      const again = await on.app.inject({
        url,
        headers: { ...accepting(encoding), 'if-none-match': etag },
      })
      expect(again.statusCode).toBe(304)
      expect(again.body).toBe('')
      expect(again.headers.vary).toContain('accept-encoding')
    }
    expect(etags.size).toBe(3)
  })
})

describe('compressed pages', () => {
  const html = `<!doctype html><p>${'A page – of text. '.repeat(200)}</p>`
  const headers = { 'content-type': 'text/html; charset=utf-8' }
  let origin: string
  beforeAll(async () => {
    origin = await on.app.listen({ host: '127.0.0.1', port: 0 })
  })
  beforeEach(() => {
    answer = () => new Response(html, { headers })
  })

  test.for(accepted)('for Accept-Encoding %s: %s', async ([header, encoding]) => {
    const response = await on.app.inject({ url: '/', headers: accepting(header) })
    expect(response.headers['content-encoding'] ?? 'identity').toBe(encoding)
    expect(response.headers.vary).toBe('accept-encoding, cookie')
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(decoders[encoding](response.rawPayload).toString()).toBe(html)
    expect(response.rawPayload.length < html.length).toBe(encoding !== 'identity')
  })

  test('HEAD and a redirect have no body to compress', async () => {
    const head = await on.app.inject({ method: 'HEAD', url: '/', headers: accepting('br') })
    expect(head.statusCode).toBe(200)
    expect(head.rawPayload).toHaveLength(0)
    expect(head.headers.vary).toBe('accept-encoding, cookie')
    answer = () => new Response(null, { status: 307, headers: { location: '/sign-in' } })
    const redirect = await on.app.inject({ url: '/settings', headers: accepting('br') })
    expect(redirect.statusCode).toBe(307)
    expect(redirect.rawPayload).toHaveLength(0)
    expect(redirect.headers).not.toHaveProperty('content-encoding')
  })

  test.for(['br', 'gzip'])(
    '%s arrives part by part, and stops when nobody listens',
    async (encoding) => {
      const cancelled = Promise.withResolvers<void>()
      answer = () => {
        const body = new ReadableStream({
          start: (stream) => stream.enqueue(new TextEncoder().encode(html)),
          cancel: () => cancelled.resolve(),
        })
        return new Response(body, { headers })
      }
      const reading = new AbortController()
      const response = await fetch(origin, { headers: accepting(encoding), signal: reading.signal })
      expect(response.headers.get('content-encoding')).toBe(encoding)
      const parts = response.body?.pipeThrough(new TextDecoderStream()).getReader()
      let received = ''
      while (received.length < html.length) received += (await parts?.read())?.value ?? ''
      expect(received).toBe(html)
      reading.abort()
      await cancelled.promise
    },
  )

  test('leave what the API answers alone', async () => {
    const response = await on.app.inject({
      url: '/trpc/tags.list?input={}',
      headers: accepting('br'),
    })
    expect(response.headers).not.toHaveProperty('content-encoding')
    expect(response.json()).toHaveProperty('result')
  })
})
