import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const FIRST = 20_000
const BLOCKS = 120
const BLOCK = 100

const first = FIRST + (process.pid % BLOCKS) * BLOCK
let given = Math.floor(Math.random() * BLOCK)

/**
 * A free port of the loopback address, for a program that is told where to listen. Below those that Linux chooses from (32768 and up),
 * and from a hundred that few other processes of the tests share, each of which begins elsewhere: it is hardly given to another first.
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < BLOCK; tries += 1) {
    const port = first + (given++ % BLOCK)
    if (await isFree(port)) return port
  }
  throw new Error(`No port is free from ${first} to ${first + BLOCK - 1}`)
}

async function isFree(port: number): Promise<boolean> {
  const probe = net.createServer().listen(port, '127.0.0.1')
  try {
    await once(probe, 'listening')
    return true
  } catch {
    return false
  } finally {
    probe.close()
  }
}

/** Resolves once somebody listens on a port or a socket's path; throws after half a minute, or once `hasEnded`. */
export async function listening(place: number | string, hasEnded: () => boolean): Promise<void> {
  const options = typeof place === 'number' ? { port: place, host: '127.0.0.1' } : { path: place }
  for (let tries = 0; tries < 600 && !hasEnded(); tries += 1) {
    const socket = net.connect(options)
    const connected = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (connected) return
    await sleep(50)
  }
  throw new Error(`Nobody listens on ${place}`)
}
