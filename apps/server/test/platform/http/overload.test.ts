import { type AddressInfo, connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { useApp } from '../../app.ts'

let held = Promise.withResolvers<Response>()
let arrived = 0

/** Two pages at once and no more; a page is returned when the test says so. */
const on = useApp(
  { MAX_IN_FLIGHT: '20' },
  {
    webBuild: {
      clientDir: import.meta.dirname,
      publicAddressOf: () => undefined,
      fetch() {
        arrived += 1
        return held.promise.then((page) => page.clone())
      },
    },
  },
)

let origin = ''
beforeAll(async () => {
  await on.app.listen({ host: '127.0.0.1', port: 0 })
  origin = `http://127.0.0.1:${(on.app.server.address() as AddressInfo).port}`
})

beforeEach(() => {
  held = Promise.withResolvers()
  arrived = 0
})
afterEach(() => held.resolve(new Response('a page')))

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${origin}${path}`, { headers })

/** As many pages as are admitted, under way in the server. */
async function fill() {
  const pages = [get('/one'), get('/two')]
  await expect.poll(() => arrived).toBe(2)
  return pages
}

async function empty(pages: Promise<Response>[]) {
  held.resolve(new Response('a page'))
  const answers = await Promise.all(pages)
  await Promise.all(answers.map((answer) => answer.text()))
  return answers.map(({ status }) => status)
}

describe('RE6 with as many requests as are admitted', () => {
  test('the next waits for room, and is served when there is some soon', async () => {
    const pages = await fill()
    const waiting = get('/trpc/site.get')
    await sleep(100)
    expect(await empty(pages)).toEqual([200, 200])
    expect((await waiting).status).toBe(200)
  })

  test('else it is 503 with Retry-After, and served when it comes again', async () => {
    const pages = await fill()
    const refused = await get('/trpc/site.get')
    expect(refused.status).toBe(503)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    expect(arrived).toBe(2)

    expect(await empty(pages)).toEqual([200, 200])
    expect((await get('/trpc/site.get')).status).toBe(200)
  })

  test('each transport is refused in its own shape', async () => {
    const pages = await fill()
    const reason = 'server/unavailable'
    expect(await (await get('/trpc/site.get')).json()).toMatchObject({
      error: { data: { httpStatus: 503, reason } },
    })
    const rest = await get('/api/v1/site')
    expect(rest.headers.get('content-type')).toContain('application/problem+json')
    expect(await rest.json()).toMatchObject({ status: 503, reason, fields: [] })
    const page = await get('/', { accept: 'text/html' })
    expect(await page.text()).toContain('<h1>The service is busy or starting up.')
    expect(await (await get('/robots.txt')).json()).toMatchObject({ reason })
    expect(await empty(pages)).toEqual([200, 200])
  })

  test('HD1 a refusal has the headers of every answer, and a page of a listed origin may read it', async () => {
    const pages = await fill()
    const { headers } = await get('/trpc/site.get', {
      origin: 'https://app.galley.test',
      'x-request-id': 'given-by-caller',
    })
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
      'access-control-allow-origin': 'https://app.galley.test',
      'access-control-expose-headers': expect.stringContaining('retry-after'),
      vary: 'Origin',
      'x-request-id': 'given-by-caller',
    })
    const elsewhere = await get('/trpc/site.get', { origin: 'https://evil.example' })
    expect(elsewhere.headers.has('access-control-allow-origin')).toBe(false)
    expect(await empty(pages)).toEqual([200, 200])
  })

  test('liveness and readiness are still served', async () => {
    const pages = await fill()
    expect((await get('/health/live')).status).toBe(200)
    expect((await get('/health/ready')).status).toBe(200)
    expect(await empty(pages)).toEqual([200, 200])
  })

  test('what is the same for everybody is still served: documents and files', async () => {
    const pages = await fill()
    const paths = [
      '/api',
      '/api/v1/openapi.json',
      '/api/reference',
      '/api/problems',
      '/overload.test.ts',
    ]
    const answers = await Promise.all(paths.map((path) => get(path)))
    expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 200))
    expect((await get('/problems.ts')).status).toBe(503) // no such file: a page
    expect(await empty(pages)).toEqual([200, 200])
  })

  test('a client that goes away leaves its place', async () => {
    const leaving = new AbortController()
    const gone = fetch(`${origin}/gone`, { signal: leaving.signal }).catch(() => 'gone')
    const stays = get('/stays')
    await expect.poll(() => arrived).toBe(2)
    leaving.abort()
    await gone
    await expect.poll(async () => (await get('/trpc/site.get')).status).toBe(200)
    expect(await empty([stays])).toEqual([200])
  })

  test('many refusals are one log line', async () => {
    const pages = await fill()
    const before = on.logs.length
    await Promise.all(Array.from({ length: 20 }, () => get('/trpc/site.get')))
    const reported = () =>
      on.logs
        .slice(before)
        .filter((line) => line.includes('requests refused'))
        .map((line): { refused: number } => JSON.parse(line))
    await expect
      .poll(() => reported().reduce((sum, { refused }) => sum + refused, 0))
      .toBeGreaterThanOrEqual(20)
    expect(reported().length).toBeLessThan(20)
    expect(await empty(pages)).toEqual([200, 200])
  })
})

test('RE7 a body that does not arrive holds no place', async () => {
  const address = on.app.server.address() as AddressInfo
  const slow = Array.from({ length: 40 }, () => {
    const socket = connect(address.port, '127.0.0.1')
    socket.write(
      'POST /trpc/sessions.create HTTP/1.1\r\nHost: galley.test\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    )
    return socket
  })
  await expect.poll(() => connections()).toBeGreaterThanOrEqual(40)
  await sleep(600)
  for (let call = 0; call < 10; call++) {
    expect((await get('/trpc/site.get')).status).toBe(200)
  }
  for (const socket of slow) socket.destroy()
})

const connections = () =>
  new Promise<number>((resolve, reject) => {
    on.app.server.getConnections((error, count) => (error ? reject(error) : resolve(count)))
  })
