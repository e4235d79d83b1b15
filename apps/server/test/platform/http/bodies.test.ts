import { once } from 'node:events'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { useNotesApp } from '../../notes.ts'
import { signUp } from '../../people.ts'

const on = useNotesApp({ MAX_CONNECTIONS_PER_ADDRESS: '60' })
let port = 0
let asBrowser: Record<string, string> = {}
const sockets: Socket[] = []

beforeAll(async () => {
  await on.app.listen({ host: '127.0.0.1', port: 0 })
  port = (on.app.server.address() as AddressInfo).port
  asBrowser = (await signUp(on)).asBrowser
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  while ((await openConnections()) > 0) await sleep(10)
})

function open() {
  const socket = connect(port, '127.0.0.1')
  socket.setEncoding('latin1').on('error', () => {})
  sockets.push(socket)
  return socket
}

/** Sends a head and as much of its body; the whole answer, as soon as there is one. */
async function begin(path: string, headers: Record<string, string>, part: string) {
  const socket = open()
  const lines = Object.entries({
    host: 'galley.test',
    'content-type': 'application/json',
    ...headers,
  })
  socket.write(`POST ${path} HTTP/1.1\r\n`)
  socket.write(lines.map(([name, value]) => `${name}: ${value}\r\n`).join(''))
  socket.write(`\r\n${part}`)
  const [answer]: string[] = await once(socket, 'data')
  return String(answer)
}

const openConnections = () =>
  new Promise<number>((resolve, reject) => {
    on.app.server.getConnections((error, count) => (error ? reject(error) : resolve(count)))
  })

const large = '1000000'
const chunk = (bytes: number) => `${bytes.toString(16)}\r\n${' '.repeat(bytes)}\r\n`

describe('IN2 where nobody is signed in, a large body is refused', () => {
  test.for([
    ['/trpc/sessions.create', 'request/too-large'],
    ['/trpc/notes.list,sessions.create?batch=1', 'request/too-large'],
    ['/trpc/notes.create', 'session/required'],
    ['/api/v1/notes', 'session/required'],
  ] as const)('%s: %s', async ([path, reason]) => {
    expect(await begin(path, { 'content-length': large }, '{')).toContain(reason)
    const chunked = { 'transfer-encoding': 'chunked' }
    expect(await begin(path, chunked, chunk(20_000) + chunk(20_000))).toContain(reason)
  })

  test('by HTML forms too', async () => {
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
      'content-length': large,
    }
    expect(await begin('/forms/sign-in', headers, 'email=')).toContain('request/too-large')
  })

  test('by the addresses for programs too', async () => {
    const answer = await begin('/api/v1/auth/tokens', { 'content-length': large }, '{')
    expect(answer).toContain('request/too-large')
  })
})

test('large bodies that do not arrive take a quarter of the budget from one address, and no small ones', async () => {
  const half = '{"title":"'.padEnd(900_000, 'x')
  const answers: string[] = []
  for (let sender = 0; sender < 12; sender++) {
    const headers = { ...asBrowser, 'content-length': large }
    void begin('/trpc/notes.create', headers, half).then((answer) => answers.push(answer))
  }
  await expect.poll(() => answers.length).toBe(3)
  for (const answer of answers) {
    expect(answer).toMatch(/^HTTP\/1\.1 503 [^]*retry-after: 2\r\n[^]*server\/unavailable/)
  }
  const small = await on.post('/trpc/notes.create', { title: 'small' }, asBrowser)
  expect(small.statusCode).toBe(200)

  for (const socket of sockets.splice(0)) socket.destroy()
  await expect.poll(openConnections).toBe(0)
  const body = 'y'.repeat(90_000)
  const next = await on.post('/trpc/notes.create', { title: 'large', body }, asBrowser)
  expect(next.statusCode).toBe(200)
})

test('a body that is refused by its length takes no room, before or after its response', async () => {
  for (let sender = 0; sender < 8; sender++) {
    const refused = await on.post('/trpc/notes.create', { body: 'x'.repeat(3e6) }, asBrowser)
    expect(refused.statusCode).toBe(413)
  }
  const body = 'y'.repeat(90_000)
  const next = await on.post('/trpc/notes.create', { title: 'large', body }, asBrowser)
  expect(next.statusCode).toBe(200)
})

test('a body that does not arrive in time is 408', { timeout: 30_000 }, async () => {
  const begun = performance.now()
  const answers = await Promise.all([
    begin('/trpc/sessions.create', { 'content-length': '100' }, '{'),
    begin('/api/v1/notes', { ...asBrowser, 'content-length': '100000' }, '{'),
    begin('/trpc/notes.create', { ...asBrowser, 'transfer-encoding': 'chunked' }, chunk(10)),
  ])
  for (const answer of answers) {
    expect(answer).toMatch(/^HTTP\/1\.1 408 [^]*connection: close\r\n[^]*request\/timeout/)
  }
  expect(performance.now() - begun).toBeLessThan(14_000)
})

test('an address has so many connections, and no more', async () => {
  const closed = () => sockets.filter((socket) => socket.destroyed).length
  for (let count = 0; count < 70; count++) open()
  await expect.poll(closed).toBe(10)
  await sleep(50)
  expect([closed(), await openConnections()]).toEqual([10, 60])
  sockets.find((socket) => !socket.destroyed)?.destroy()
  await expect.poll(openConnections).toBe(59)
  const again = open()
  again.write('GET /health/live HTTP/1.1\r\nHost: galley.test\r\n\r\n')
  expect(String(await once(again, 'data'))).toContain('200 OK')
  await expect.poll(() => on.logs.some((line) => line.includes('connections refused'))).toBe(true)
})
