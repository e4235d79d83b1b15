import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** So late the client hears of an answer: what it sends without waiting for one has been sent by then. */
const DELAY_MS = 15

/** A way to a database by which round trips can be counted: how often the client spoke after the server had. */
export async function countedWay(databaseUrl: string) {
  const url = new URL(databaseUrl)
  const [host, port] = [url.hostname, Number(url.port)]
  const sockets = new Set<Socket>()
  let trips = 0
  const server = createServer((near) => {
    const far = connect(port, host)
    let isClientsTurn = true
    near.on('data', (bytes) => {
      if (isClientsTurn) trips += 1
      isClientsTurn = false
      far.write(bytes)
    })
    far.on('data', (bytes) => {
      setTimeout(() => {
        isClientsTurn = true
        near.write(bytes)
      }, DELAY_MS)
    })
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one.on('close', () => other.destroy())
      one.on('error', () => {})
    }
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port)
  return {
    url: url.href,
    /** How many round trips `work` takes. */
    async count(work: () => Promise<unknown>): Promise<number> {
      const before = trips
      await work()
      return trips - before
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
