import { setTimeout as sleep } from 'node:timers/promises'
import type { InjectOptions } from 'fastify'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { signUp } from '../../people.ts'
import { accepted, accepting, decoders, useWebApp } from './web-app.ts'

const { on, web } = useWebApp({ PUBLIC_CACHE_MB: '4' })
let made = 0
/** Of this test alone: what one test keeps another does not find. */
let at = ''

beforeAll(() => on.app.ready())

beforeEach(async () => {
  await untilKept()
  web.seen = []
  made += 1
  at = `/page-${made}`
  web.publicAddressOf = (target) => (target.startsWith(at) ? target.split('&x=')[0] : undefined)
  web.answer = ({ url, context: { nonce } }) =>
    new Response(`<script nonce="${nonce}">run()</script><p>${url} ${'text '.repeat(300)}</p>`, {
      headers: { 'content-type': 'text/html; charset=utf-8' },
    })
})

const get = (url: string, headers: InjectOptions['headers'] = {}) => on.app.inject({ url, headers })

/** The server keeps pages once it hears of changes. */
async function untilKept() {
  web.publicAddressOf = (target) => target
  await expect
    .poll(
      async () => {
        await get('/')
        web.seen = []
        await get('/')
        return web.seen.length
      },
      { timeout: 10_000, interval: 20 },
    )
    .toBe(0)
}

const shareable = 'public, max-age=0, s-maxage=5'

test('a page is made once for all who are signed out, and shared caches may keep it', async () => {
  const first = await get(at)
  const second = await get(at, { 'x-request-id': 'another-request' })
  expect(web.seen).toHaveLength(1)
  expect(second.body).toBe(first.body)
  for (const { statusCode, headers } of [first, second]) {
    expect(statusCode).toBe(200)
    expect(headers).toMatchObject({
      'cache-control': shareable,
      etag: first.headers.etag,
      'last-modified': first.headers['last-modified'],
      age: expect.stringMatching(/^[0-4]$/),
      vary: 'accept, accept-encoding, authorization, cookie',
      'content-type': 'text/html; charset=utf-8',
    })
    for (const name of ['set-cookie', 'ratelimit', 'ratelimit-policy', 'x-request-id']) {
      expect(headers).not.toHaveProperty(name)
    }
  }
  expect(Date.parse(String(first.headers['last-modified']))).toBeLessThanOrEqual(Date.now())
  expect(second.body).not.toContain('another-request')
})

test('its scripts run by their hash: no nonce is sent twice', async () => {
  for (const _ of ['made', 'kept']) {
    const { body, headers } = await get(at)
    const policy = String(headers['content-security-policy'])
    expect(body).toContain('<script>run()</script>')
    expect(body + policy).not.toContain('nonce')
    expect(policy).toMatch(/script-src 'self' 'sha256-[\w+/]{43}=';style-src 'self';/)
  }
})

test.for(accepted)('for Accept-Encoding %s: %s, made and kept', async ([header, encoding]) => {
  const made = await get(at, accepting(header))
  const kept = await get(at, accepting(header))
  expect(web.seen).toHaveLength(1)
  for (const { headers, rawPayload } of [made, kept]) {
    expect(headers['content-encoding'] ?? 'identity').toBe(encoding)
    expect(headers['content-length']).toBe(String(rawPayload.length))
    expect(decoders[encoding](rawPayload).toString()).toContain(`galley.test${at}`)
  }
})

test('who has it gets 304, whose policy is that of the page', async () => {
  const first = await get(at, accepting('br'))
  const { etag, 'content-security-policy': policy } = first.headers
  const other = await get(at, accepting('gzip'))
  expect(other.headers.etag).not.toBe(etag)
  const later = new Date(Date.now() + 60_000).toUTCString()
  const conditions: [InjectOptions['headers'], 200 | 304][] = [
    [{ 'if-none-match': etag }, 304],
    [{ 'if-none-match': `"x", W/${etag}` }, 304],
    [{ 'if-none-match': '*' }, 304],
    [{ 'if-none-match': '"x"' }, 200],
    [{ 'if-none-match': other.headers.etag }, 200],
    [{ 'if-none-match': '' }, 200],
    [{ 'if-modified-since': later }, 304],
    [{ 'if-modified-since': 'Sun, 06 Nov 1994 08:49:37 GMT' }, 200],
    [{ 'if-modified-since': 'yesterday' }, 200],
    [{ 'if-none-match': '"x"', 'if-modified-since': later }, 200],
  ]
  for (const [condition, expected] of conditions) {
    const { statusCode, headers, body } = await get(at, { ...accepting('br'), ...condition })
    const found = { condition, statusCode, isEmpty: body === '' }
    expect(found).toEqual({ condition, statusCode: expected, isEmpty: expected === 304 })
    expect(headers).toMatchObject({
      etag,
      'cache-control': shareable,
      'content-security-policy': policy,
      vary: first.headers.vary,
    })
  }
  expect(web.seen).toHaveLength(2)
})

test('what is stale here is for no other cache', async () => {
  expect((await get(at)).headers['cache-control']).toBe(shareable)
  await sleep(5_200)
  const { headers } = await get(at)
  expect(headers['cache-control']).toBe('public, max-age=0, must-revalidate')
  await expect.poll(async () => (await get(at)).headers['cache-control']).toBe(shareable)
})

test('HEAD has its headers and no body', async () => {
  const got = await get(at)
  const { body, headers } = await on.app.inject({ method: 'HEAD', url: at })
  expect(body).toBe('')
  for (const name of ['etag', 'cache-control', 'content-length', 'content-type', 'vary']) {
    expect(headers[name], name).toBe(got.headers[name])
  }
  expect(web.seen).toHaveLength(1)
})

test('nobody is charged for what is kept, and who has it made is', async () => {
  const remaining = async () => {
    const { headers } = await on.app.inject({ url: '/not-public' })
    return Number(/r=(\d+)/.exec(String(headers.ratelimit))?.[1])
  }
  await get(at)
  const before = await remaining()
  for (const _ of [1, 2, 3]) await get(at)
  expect(await remaining()).toBe(before - 1)
  await get(`${at}/other`)
  expect(await remaining()).toBe(before - 3)
})

describe('a request with credentials of whatever kind neither gets nor leaves a page', () => {
  test.for([
    [{ cookie: 'galley-session=abc' }],
    [{ cookie: 'theme=dark' }],
    [{ cookie: '' }],
    [{ authorization: 'Basic YTpi' }],
  ])('%j', async ([headers]) => {
    for (const _ of ['before it is kept', 'after']) {
      const own = await get(at, headers)
      expect(own.headers).not.toHaveProperty('age')
      expect(own.headers).not.toHaveProperty('etag')
      expect(own.headers['cache-control']).toMatch(/^private, no-(cache|store)$/)
      expect(own.headers['content-security-policy']).toContain("'nonce-")
      const seen = web.seen.length
      await get(at)
      expect((await get(at)).headers).toHaveProperty('age')
      expect(web.seen.length - seen).toBe(seen === 1 ? 1 : 0)
    }
  })

  test('a person gets the page that is theirs', async () => {
    const person = await signUp(on)
    web.answer = async ({ context, cookie }) => {
      const call = new Request(`${context.origin}/trpc/sessions.current`, {
        headers: { cookie: cookie ?? '' },
      })
      return new Response(await (await context.api(call)).text())
    }
    const bodies = []
    for (const headers of [{}, person.asBrowser, {}, person.asBrowser]) {
      bodies.push((await get(at, headers)).body)
    }
    expect(bodies.map((body) => body.includes(person.username))).toEqual([false, true, false, true])
  })
})

test('what is made for all knows nothing of the one who asked', async () => {
  const odd = {
    host: 'evil.example',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'gopher',
    'x-forwarded-for': '203.0.113.9',
    forwarded: 'host=evil.example',
    'x-original-url': '/me',
    'x-rewrite-url': '/me',
    'x-http-method-override': 'POST',
    'accept-language': 'de',
    'user-agent': 'evil',
    referer: 'https://evil.example/',
    origin: 'https://evil.example',
    accept: 'text/html;evil=1, */*',
  }
  let seen: Request | undefined
  const render = web.answer
  web.answer = (one) => {
    seen = one.request
    return render(one)
  }
  const first = await get(`${at}?cursor=1&x=evil`, odd)
  expect(first.headers).toHaveProperty('age')
  expect(seen?.url).toBe(`https://galley.test${at}?cursor=1`)
  expect([...(seen?.headers ?? [])]).toEqual([['accept', 'text/html']])
  const later = await get(`${at}?cursor=1`)
  expect(web.seen).toHaveLength(1)
  expect(JSON.stringify([later.body, later.headers])).not.toContain('evil')
})

test('other methods, formats and addresses do not get it', async () => {
  await get(at)
  for (const method of ['POST', 'PUT', 'DELETE'] as const) {
    const { statusCode, headers } = await on.app.inject({ method, url: at })
    expect(statusCode).toBeGreaterThanOrEqual(400)
    expect(headers).not.toHaveProperty('age')
  }
  const json = await get(at, { accept: 'application/json' })
  expect(json.statusCode).toBe(406)
  expect(json.headers['cache-control']).toBe('no-store')
  for (const url of [`${at}/`, at.toUpperCase(), `/${at}`]) {
    const { statusCode, headers } = await get(url)
    expect([statusCode, headers.location]).toEqual([301, `https://galley.test${at}`])
    expect(headers).not.toHaveProperty('age')
  }
})

test.for([
  ['a page that is not there', 404, {}],
  ['a failure', 500, {}],
  ['a moment without room', 503, {}],
  ['a redirect', 307, { location: '/sign-in' }],
  ['a page that sets a cookie', 200, { 'set-cookie': 'a=1' }],
] as const)('%s is not kept', async ([, status, extra]) => {
  const headers = { 'content-type': 'text/html', ...extra }
  web.answer = ({ context }) =>
    new Response(`<script nonce="${context.nonce}">run()</script>`, { status, headers })
  for (const seen of [1, 2]) {
    const { headers: sent, statusCode, body } = await get(at)
    expect(statusCode).toBe(status)
    expect(body).toBe('<script>run()</script>')
    expect(sent['content-security-policy']).toContain("'sha256-")
    expect(sent['cache-control']).toMatch(/^private, no-(cache|store)$/)
    expect(sent).toMatchObject(extra)
    expect(sent).toHaveProperty('ratelimit')
    expect(web.seen).toHaveLength(seen)
  }
})

test('all who come while it is made wait for one', async () => {
  const gate = Promise.withResolvers<void>()
  const render = web.answer
  web.answer = async (one) => {
    await gate.promise
    return render(one)
  }
  const waiting = Array.from({ length: 10 }, () => get(at))
  await expect.poll(() => web.seen.length).toBe(1)
  gate.resolve()
  const bodies = new Set((await Promise.all(waiting)).map(({ body }) => body))
  expect([bodies.size, web.seen.length]).toEqual([1, 1])
})
