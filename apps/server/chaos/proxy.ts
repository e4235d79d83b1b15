import { once } from 'node:events'
import net, { type NetConnectOpts, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { World } from '../trials/trial.ts'

/** What stands between the server and something that it works with, as a network does. */
export type Proxy = {
  readonly port: number
  /** Whatever comes from now on arrives so much later, in both directions. */
  delay(ms: number): void
  /** Ends the connections that are open without a word. */
  cut(): void
  /** Takes no connections any more, until `open`. */
  close(): Promise<void>
  open(): Promise<void>
  /** Where new connections lead from now on. */
  lead(to: NetConnectOpts): void
}

/** Listens on a free port of the loopback address. Ends with the trial. */
export async function startProxy({ ending }: World, target: NetConnectOpts): Promise<Proxy> {
  let [to, delayMs] = [target, 0]
  const sockets = new Set<Socket>()
  const server = net.createServer((near) => {
    const far = net.connect(to)
    const pair = [near, far]
    for (const socket of pair) {
      sockets.add(socket)
      socket.setNoDelay(true).on('error', () => {})
      socket.once('close', () => {
        sockets.delete(socket)
        for (const each of pair) each.destroy()
      })
    }
    carry(near, far)
    carry(far, near)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const port = portOf(server)
  ending.defer(close)
  return {
    port,
    delay: (ms) => void (delayMs = ms),
    cut,
    close,
    async open() {
      if (!server.listening) await once(server.listen(port, '127.0.0.1'), 'listening')
    },
    lead: (next) => void (to = next),
  }

  /** In order, each piece as much later as was said when it came; a reader who is slow slows the writer. */
  function carry(from: Socket, into: Socket) {
    let last = Promise.resolve()
    const later = (work: () => void) => {
      last = after(last, performance.now() + delayMs, work)
    }
    const after = async (before: Promise<void>, due: number, work: () => void) => {
      await before
      const left = due - performance.now()
      if (left > 0) await sleep(left)
      if (!into.destroyed) work()
    }
    from.on('data', (piece) =>
      later(() => {
        if (into.write(piece)) return
        from.pause()
        into.once('drain', () => from.resume())
      }),
    )
    from.once('end', () => later(() => into.end()))
  }

  function cut() {
    for (const socket of sockets) socket.destroy()
  }

  async function close() {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    cut()
    await closed
  }
}

function portOf(server: net.Server) {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port')
  return address.port
}
