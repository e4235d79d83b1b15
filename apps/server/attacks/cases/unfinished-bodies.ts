import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { memoryOf } from '../../bench/usage.ts'
import { atLeast, atMost, equal, type Trial } from '../../trials/trial.ts'
import { post, signIn, watch } from '../../trials/calls.ts'

const MB = 1024 * 1024
const part = Buffer.alloc(MB, 'x')

/** Many bodies of a megabyte that never end, from strangers and from somebody who has signed in. */
export const trial: Trial = {
  title: 'Large bodies that do not end',
  async run({ startGalley, short }) {
    const galley = await startGalley()
    const attacker = await signIn(galley, 'jonas-lind')
    const writer = await signIn(galley, 'aiko-tanabe')
    const create = (title: string) =>
      post(galley, '/trpc/articles.create', { title, body: 'Some *text*' }, writer)
    // What a first article loads (the renderer, its languages) is not the attacker's doing.
    await (await create('The first')).arrayBuffer()
    const before = memoryOf(galley.pid).now
    const watching = watch(galley)
    const sockets = Array.from({ length: short ? 150 : 300 }, (_, n) =>
      sendHalf(galley, n % 2 === 0 ? attacker : {}),
    )
    let most = 0
    let created = 0
    for (let n = 0; n < 10; n += 1) {
      await sleep(500)
      most = Math.max(most, memoryOf(galley.pid).now)
      const response = await create(`A title ${n}`)
      if (response.ok) created += 1
      await response.arrayBuffer()
    }
    const { slowestMs } = await watching.stop()
    await sleep(short ? 0 : 8_000)
    const open = sockets.filter((socket) => !socket.destroyed).length
    for (const socket of sockets) socket.destroy()
    return [
      atMost('memory taken', most - before, 120, ' MB'),
      atLeast('articles of another person', created, 10),
      atMost('slowest liveness', slowestMs, 1_000, ' ms'),
      ...(short ? [] : [equal('connections that are left', open, 0)]),
    ]
  },
}

function sendHalf(
  { origin, publicOrigin }: { origin: string; publicOrigin: string },
  headers: object,
) {
  const { hostname, port } = new URL(origin)
  const socket = connect(Number(port), hostname)
  const head = {
    host: hostname,
    origin: publicOrigin,
    'content-type': 'application/json',
    'content-length': MB + 1,
    ...headers,
  }
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.on('error', () => {}).resume()
  socket.write(`POST /trpc/articles.create HTTP/1.1\r\n${lines.join('')}\r\n`)
  socket.write(part)
  return socket satisfies Socket
}
