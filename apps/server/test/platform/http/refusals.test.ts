import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { beforeAll, describe, expect, test } from 'vitest'
import { useApp } from '../../app.ts'

let held = Promise.withResolvers<Response>()
let isHeld = false

/** One page at a time: while the test holds it, the gate refuses all else. */
const on = useApp(
  {
    NODE_ENV: 'production',
    SMTP_URL: 'smtp://mail.galley.test',
    HSTS_INCLUDE_SUBDOMAINS: 'yes',
    MAX_IN_FLIGHT: '10',
  },
  {
    webBuild: {
      clientDir: import.meta.dirname,
      publicAddressOf: () => undefined,
      fetch() {
        isHeld = true
        return held.promise
      },
    },
  },
)

let port = 0
beforeAll(async () => {
  await on.app.listen({ host: '127.0.0.1', port: 0 })
  port = (on.app.server.address() as AddressInfo).port
})

type Refusal = { status: number; headers: Record<string, string>; body: string }

async function get(path: string, headers: Record<string, string>): Promise<Refusal> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers })
  return {
    status: response.status,
    headers: comparable([...response.headers]),
    body: await response.text(),
  }
}

async function getRefusedByGate(path: string, headers: Record<string, string>) {
  held = Promise.withResolvers()
  isHeld = false
  const page = fetch(`http://127.0.0.1:${port}/held`)
  await expect.poll(() => isHeld).toBe(true)
  const refusal = await get(path, headers)
  held.resolve(new Response('a page'))
  await (await page).text()
  return refusal
}

const particular = /^(date|content-length|connection|keep-alive|retry-after|x-request-id)$/

const comparable = (headers: [string, string][]) =>
  Object.fromEntries(
    headers
      .filter(([name]) => !particular.test(name))
      .map(([name, value]) => [name, value.replaceAll(/nonce-[\w-]{22}/g, 'nonce')]),
  )

const namesIn = (body: string): unknown =>
  JSON.parse(body, (_key, value: unknown) =>
    typeof value === 'object' && value !== null ? value : typeof value,
  )

const listed = { origin: 'https://app.galley.test' }
const browser = { accept: 'text/html' }

describe('HD1 ER1 a refusal is the same by Fastify, by its router and by the gate', () => {
  test.for([
    ['in tRPC’s shape', '/trpc', listed, '{"error":{"message":'],
    ['as a problem', '/api/v1/nowhere', listed, '{"type":"https://galley.test/api/problems/'],
    ['as JSON', '/api/nowhere', listed, '{"code":"'],
    ['to a page elsewhere', '/api/nowhere', { origin: 'https://evil.example' }, '{"code":"'],
    ['as a page', `/?${'x'.repeat(9000)}`, browser, '<!doctype html>'],
  ] as const)('%s', async ([, path, headers, beginning]) => {
    const byFastify = await get(path, headers)
    const byRouter = await get(path.replace(/\?|$/, '/%ff$&'), headers)
    const byGate = await getRefusedByGate(path, headers)
    expect([byRouter.status, byGate.status]).toEqual([400, 503])
    expect(byFastify.headers).toMatchObject({
      'cache-control': 'no-store',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
    })
    for (const refusal of [byFastify, byRouter, byGate]) {
      expect(refusal.body.slice(0, beginning.length)).toBe(beginning)
      expect(refusal.headers).toEqual(byFastify.headers)
      if (!beginning.startsWith('{')) continue
      expect(namesIn(refusal.body)).toEqual(namesIn(byGate.body))
    }
  })

  test('a page has a style that its policy lets through', async () => {
    const { body } = await getRefusedByGate('/', browser)
    const response = await fetch(`http://127.0.0.1:${port}/%zz`, { headers: browser })
    const policy = response.headers.get('content-security-policy') ?? ''
    const [, nonce] = /<style nonce="([\w-]{22})">/.exec(await response.text()) ?? []
    expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`)
    expect(body).toMatch(/<style nonce="[\w-]{22}">/)
  })
})

test('HD1 ER1 bytes that are no HTTP are refused with the headers of all else', async () => {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8')
  socket.write('hello\r\n\r\n')
  let text = ''
  socket.on('data', (part) => (text += String(part)))
  await once(socket, 'close')
  const [top = '', body = ''] = text.split('\r\n\r\n')
  const lines = top.split('\r\n').slice(1)
  const headers = lines.map((line): [string, string] => {
    const end = line.indexOf(': ')
    return [line.slice(0, end), line.slice(end + 2)]
  })
  // Of an address that nobody knows, so that the headers of pages hold, too.
  const byFastify = await get('/api/nowhere', {})
  delete byFastify.headers['galley-contract']
  expect(comparable(headers)).toEqual(byFastify.headers)
  // What is no request has no trace.
  const { traceId: _, ...names }: Record<string, unknown> = Object(namesIn(byFastify.body))
  expect(namesIn(body)).toEqual(names)
})
