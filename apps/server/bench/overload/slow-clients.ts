import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { load, quantile } from '../load.ts'
import type { Server } from '../servers/start.ts'
import { getNote } from './notes.ts'

const EACH = 240
/** Each has megabytes of answers waiting. */
const READERS = 8
const LOOK_AT_SECONDS = [15, 30, 40]

/** About 700 kB: ten lists in one batch. */
const lists = `/trpc/${Array.from({ length: 10 }, () => 'notes.list').join(',')}?batch=1&input=${encodeURIComponent(
  JSON.stringify(Object.fromEntries(Array.from({ length: 10 }, (_, n) => [n, { limit: 100 }]))),
)}`

const slowReading = 'a byte of the answers each second'

/** How 488 clients misbehave. */
const kinds: Record<string, (socket: Socket) => void> = {
  'a byte of the head each second': (socket) =>
    drip(socket, 'GET / HTTP/1.1\r\nHost: galley\r\nX-A: '),
  'a byte of the body each second': (socket) => {
    socket.write(
      'POST /trpc/sessions.create HTTP/1.1\r\nHost: galley\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n',
    )
    drip(socket, '{"email":"')
  },
  // More answers than the buffers of two sockets hold, asked for one after the other: at once, most would be refused.
  [slowReading]: (socket) => {
    let asked = 0
    every(socket, () => {
      if (asked++ < 10) socket.write(`GET ${lists} HTTP/1.1\r\nHost: galley\r\n\r\n`)
      socket.read(1)
    })
  },
}

/** How others are served meanwhile, and how many slow ones the server still holds after a while. */
export async function measureSlowClients(
  { origin }: Pick<Server, 'origin'>,
  log: (line: string) => void,
) {
  const calls = Array.from({ length: 100 }, (_, n) => getNote(n))
  const alone = await load({ origin, calls, connections: 4, seconds: 10 })
  const port = Number(new URL(origin).port)
  const sockets = new Map<string, Socket[]>()
  for (const [name, behave] of Object.entries(kinds)) {
    const length = name === slowReading ? READERS : EACH
    sockets.set(name, await Promise.all(Array.from({ length }, () => open(port, behave))))
  }

  let passed = 0
  const waits: number[] = []
  for (const seconds of LOOK_AT_SECONDS) {
    const beside = await load({ origin, calls, connections: 4, seconds: seconds - passed })
    for (const wait of beside.waits) waits.push(wait)
    passed = seconds
    const held = clientPortsHeld(port)
    const counts = [...sockets].map(([name, all]) => {
      const left = all.filter(({ localPort }) => localPort !== undefined && held.has(localPort))
      return `${name}: ${left.length} of ${all.length}`
    })
    log(`slow clients held after ${seconds} s: ${counts.join('; ')}`)
  }
  const ratio = quantile(waits, 0.99) / quantile(alone.waits, 0.99)
  log(`slow clients: p99 of others ${ratio.toFixed(2)} times what it was without them`)
  for (const socket of [...sockets.values()].flat()) socket.destroy()
  await sleep(100)
}

async function open(port: number, behave: (socket: Socket) => void) {
  const socket = connect(port, '127.0.0.1')
  socket.pause()
  socket.on('error', () => {})
  await once(socket, 'connect')
  behave(socket)
  return socket
}

function drip(socket: Socket, text: string) {
  let at = 0
  every(socket, () => void (socket.writable && socket.write(text[at++] ?? 'x')))
}

function every(socket: Socket, act: () => void) {
  const timer = setInterval(act, 1000)
  socket.once('close', () => clearInterval(timer))
}

const ESTABLISHED = '01'
const CLOSE_WAIT = '08'

/**
 * Ports of the clients whose connections the server on `port` holds. Asked of the kernel (proc(5), `/proc/net/tcp`): a
 * client that does not read does not notice that it was cut off.
 */
function clientPortsHeld(port: number): Set<number> {
  const rows = readFileSync('/proc/net/tcp', 'utf8').trim().split('\n').slice(1)
  const held = rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, local, , state]) => portOf(local) === port && isHeld(state))
  return new Set(held.map(([, , remote]) => portOf(remote)))
}

const portOf = (address = '') => Number.parseInt(address.split(':')[1] ?? '', 16)

const isHeld = (state = '') => state === ESTABLISHED || state === CLOSE_WAIT
