import { connect, type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { text } from 'node:stream/consumers'
import { media } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { signUp } from '../../people.ts'
import { formOf } from './form.ts'

const on = useApp()
let port = 0

beforeAll(async () => {
  await on.app.listen({ host: '127.0.0.1', port: 0 })
  port = (on.app.server.address() as AddressInfo).port
})

/** Sends the head and the first half of a form; `rest` is what is left of it. */
async function begin(headers: Record<string, string>) {
  const request = new Request('http://galley.test', { method: 'POST', body: formOf() })
  const body = Buffer.from(await request.arrayBuffer())
  const all = {
    host: 'galley.test',
    'content-type': request.headers.get('content-type') ?? '',
    'content-length': String(body.length),
    connection: 'close',
    ...headers,
  }
  const socket = connect(port, '127.0.0.1').on('error', () => {})
  socket.write('POST /api/v1/media HTTP/1.1\r\n')
  for (const [name, value] of Object.entries(all)) socket.write(`${name}: ${value}\r\n`)
  socket.write('\r\n')
  const half = body.length >> 1
  socket.write(body.subarray(0, half))
  const answer = text(socket).catch(() => '')
  return { socket, answer, rest: body.subarray(half) }
}

test('an upload may take longer than any other request', { timeout: 40_000 }, async () => {
  const { asBrowser } = await signUp(on)
  const { socket, answer, rest } = await begin(asBrowser)
  await sleep(17_000)
  socket.write(rest)
  expect(await answer).toMatch(/^HTTP\/1\.1 201 /)
})

test('one that may not be has the time of other requests', { timeout: 40_000 }, async () => {
  const begun = performance.now()
  const { answer } = await begin({ 'sec-fetch-site': 'same-origin' })
  expect(await answer).toMatch(/^HTTP\/1\.1 401 /)
  expect(performance.now() - begun).toBeLessThan(25_000)
})

test('one that breaks off leaves nothing', async () => {
  const person = await signUp(on)
  const isReserved = () => on.database.db.$count(media, eq(media.ownerId, person.id))
  const { socket } = await begin(person.asBrowser)
  await expect.poll(isReserved).toBe(1)
  socket.destroy()
  await expect.poll(isReserved).toBe(0)
  const [usage] = await on.database
    .sql`select bytes::int from media_usage where owner_id = ${person.id}`
  expect(usage).toEqual({ bytes: 0 })
})
