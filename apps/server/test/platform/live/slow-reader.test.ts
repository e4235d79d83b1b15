import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { outbox } from '@galley/db/schema'
import { EVENTS_CHANNEL } from '@galley/platform/events/announcer'
import { sql } from 'drizzle-orm'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { useApp } from '../../app.ts'
import { signUp } from '../../people.ts'
import { openStream } from './open-stream.ts'

const on = useApp()
let port = 0
beforeAll(async () => {
  port = Number(new URL(await on.app.listen({ host: '127.0.0.1', port: 0 })).port)
})

/** A connection of which nothing is read but the first answer. */
async function stall(head: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  socket.on('error', () => {})
  socket.write(`${head.replaceAll('\n', '\r\n')}\r\nHost: localhost\r\n\r\n`)
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toMatch(/^HTTP\/1\.1 (200|101)/)
  socket.pause()
  return socket
}

const EVENTS = 4_000

/** So much happens to somebody at once that what tells of it has more than half a megabyte. */
async function happen(userId: string) {
  await on.database.db.execute(sql`
    insert into ${outbox} (id, event, payload, request_id)
    select gen_random_uuid(), 'notification.created',
      jsonb_build_object('userId', ${userId}::text, 'notificationId', ${userId}::text), 'test'
    from generate_series(1, ${EVENTS})`)
  await on.database.db.execute(sql`select pg_notify(${EVENTS_CHANNEL}, '')`)
}

const soon = { timeout: 20_000 }

test('RT1 who does not read is cut off with a bounded buffer, over a stream and over a socket, and others hear all', async () => {
  const person = await signUp(on)
  const { openStreams, domain } = on.deps
  const topics = encodeURIComponent(JSON.stringify({ topics: [{ me: true }] }))
  const credentials = `Cookie: ${person.cookie}\nOrigin: https://galley.test`
  const stalled = await stall(`GET /trpc/live.watch?input=${topics} HTTP/1.1\n${credentials}`)
  const socket = await stall(
    `GET /trpc HTTP/1.1\n${credentials}\nConnection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Version: 13\nSec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}`,
  )
  const call = {
    id: 1,
    method: 'subscription',
    params: { path: 'live.watch', input: { topics: [{ me: true }] } },
  }
  socket.write(textFrame(JSON.stringify(call)))
  const reading = await openStream(`http://127.0.0.1:${port}`, [{ me: true }], {
    headers: person.asBrowser,
  })
  await expect.poll(() => domain.live.count, soon).toBe(3)

  let batches = 0
  const before = process.memoryUsage().external + process.memoryUsage().arrayBuffers
  await expect
    .poll(
      async () => {
        await happen(person.id)
        batches += 1
        await expect.poll(() => reading.hints().length, soon).toBe(batches * EVENTS)
        return domain.live.count
      },
      { timeout: 60_000, interval: 1 },
    )
    .toBe(1)
  const held = process.memoryUsage().external + process.memoryUsage().arrayBuffers - before
  expect(held).toBeLessThan(64 * 1024 * 1024)
  await expect.poll(() => openStreams.count, soon).toBe(1)
  // The system has still what it took; then comes the end, not the rest.
  for (const cut of [stalled, socket]) {
    const closed = once(cut, 'close')
    cut.resume()
    await closed
  }
  reading.leave()
})

/** A masked text frame (RFC 6455, 5.2) of less than 64 kB. */
function textFrame(text: string): Buffer {
  const payload = Buffer.from(text)
  const length = Buffer.from([0x81, 0x80 | 126, payload.length >> 8, payload.length & 0xff])
  return Buffer.concat([length, Buffer.alloc(4), payload])
}
