import { connect, type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { useApp } from '../../app.ts'

const on = useApp()
let port = 0
beforeAll(async () => {
  await on.app.listen({ host: '127.0.0.1', port: 0 })
  port = (on.app.server.address() as AddressInfo).port
})

/** Sends bytes unchanged; returns all that came back, once the server has closed the connection. */
function send(bytes: string) {
  return new Promise<{ answer: string; ms: number }>((resolve) => {
    const begun = performance.now()
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    socket.setEncoding('latin1')
    socket.on('data', (text) => (answer += text))
    socket.on('error', () => {})
    socket.on('close', () => resolve({ answer, ms: performance.now() - begun }))
  })
}

const head = (...lines: string[]) =>
  `${['POST /trpc/sessions.delete HTTP/1.1', 'Host: galley.test', ...lines].join('\r\n')}\r\n\r\n`
const json = 'Content-Type: application/json'
const smuggled = 'GET /health/live HTTP/1.1\r\nHost: galley.test\r\n\r\n'

const malformed = {
  'CL and TE': head('Content-Length: 4', 'Transfer-Encoding: chunked') + `0\r\n\r\n${smuggled}`,
  'TE and CL': head('Transfer-Encoding: chunked', 'Content-Length: 4') + `0\r\n\r\n${smuggled}`,
  'two CL': head('Content-Length: 0', `Content-Length: ${smuggled.length}`) + smuggled,
  'a list of CL': head('Content-Length: 0, 5') + smuggled,
  'a signed CL': head('Content-Length: +5') + smuggled,
  'TE that is not chunked': head(json, 'Transfer-Encoding: xchunked') + smuggled,
  'TE in disguise': head('Transfer-Encoding : chunked') + `0\r\n\r\n${smuggled}`,
  'obs-fold': head('X-A: b', ' c: d') + smuggled,
  'a bare LF': `GET /health/live HTTP/1.1\nHost: galley.test\n\n${smuggled}`,
  'a bare CR': `GET /health/live HTTP/1.1\r\nHost: galley.test\r\nX-A: b\rContent-Length: 5\r\n\r\n${smuggled}`,
  'a bad chunk size': head(json, 'Transfer-Encoding: chunked') + `zz\r\n\r\n${smuggled}`,
  'no HTTP': 'hello\r\n\r\n',
  'no Host': 'GET /health/live HTTP/1.1\r\n\r\n',
}

describe('IN9 request smuggling', () => {
  test.for(Object.entries(malformed))(
    '%s: one 400, and the connection is closed',
    async ([, bytes]) => {
      const { answer } = await send(bytes)
      expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
      expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1)
      expect(answer).not.toContain('"status":"ok"')
    },
  )

  test('a body that turns bad after the answer gets no second one', async () => {
    const { answer } = await send(`${head('Transfer-Encoding: chunked')}zz\r\n\r\n${smuggled}`)
    // Which fault is met first depends on how the bytes arrive: the missing content type or the bad chunk.
    expect(answer).toMatch(/^HTTP\/1\.1 4(00|15) /)
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1)
  })

  test('the answer has our headers and our shape', async () => {
    const { answer } = await send(malformed['CL and TE'])
    const [top = '', body = ''] = answer.split('\r\n\r\n')
    for (const line of [
      'connection: close',
      'cache-control: no-store',
      'x-content-type-options: nosniff',
      "content-security-policy: default-src 'self';",
    ])
      expect(top).toContain(line)
    expect(JSON.parse(body)).toMatchObject({
      code: 'BAD_REQUEST',
      reason: 'request/malformed',
      fields: [],
    })
  })
})

test('IN2 a head over 16 KB is 431', async () => {
  const { answer } = await send(
    `GET / HTTP/1.1\r\nHost: galley.test\r\nX-A: ${'x'.repeat(17_000)}\r\n\r\n`,
  )
  expect(answer).toMatch(/^HTTP\/1\.1 431 /)
  expect(answer).toContain('request/too-large')
})

test.for(['GET http://evil.example/ HTTP/1.1', 'OPTIONS * HTTP/1.1', 'GET evil HTTP/1.1'])(
  'no proxy: %s is 400',
  async (line) => {
    const { answer } = await send(`${line}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer).not.toContain('evil')
  },
)

test.for(['/a/../.env', '/..\\..\\.env', '/%2e%2e/%2e%2e/etc/passwd'])(
  'CF4 nothing at %s',
  async (target) => {
    const { answer } = await send(
      `GET ${target} HTTP/1.1\r\nHost: galley.test\r\nConnection: close\r\n\r\n`,
    )
    expect(answer).toMatch(/^HTTP\/1\.1 404 /)
  },
)

describe('RE7 slow senders', () => {
  const count = 100

  test('are closed in time, and nobody else waits', { timeout: 30_000 }, async () => {
    const halves = Array.from({ length: count }, () =>
      send('GET /health/live HTTP/1.1\r\nHost: gal'),
    )
    const bodies = Array.from({ length: count }, () =>
      send(head('Content-Type: application/json', 'Content-Length: 1000') + '{"a":"'),
    )
    const silent = Array.from({ length: count }, () => send(''))
    await sleep(500)
    const begun = performance.now()
    for (let call = 0; call < 20; call++) {
      expect((await fetch(`http://127.0.0.1:${port}/trpc/sessions.current`)).status).toBe(200)
    }
    // Far from the ten seconds that the slow ones are given.
    expect((performance.now() - begun) / 20).toBeLessThan(1500)

    for (const { answer, ms } of await Promise.all([...halves, ...bodies, ...silent])) {
      expect(answer).toMatch(/^(HTTP\/1\.1 (408|503) |$)/)
      expect(ms).toBeLessThan(25_000)
    }
  })
})
