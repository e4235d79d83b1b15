import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { serverAddressOf } from '@galley/tracing/server-address'
import { inSpan, type SpanOptions } from '@galley/tracing/span'
import {
  ScanBrokenOff,
  ScannerUnavailable,
  TooLargeToScan,
  type Verdict,
  type VirusScanner,
} from './virus-scanner.ts'

type Options = {
  /** `tcp://host:3310` or `unix:/run/clamav/clamd.ctl`. */
  address: string
  /** For a whole scan: 60,000. */
  timeoutMs?: number
}

const CHUNK_BYTES = 64 * 1024
const DEFAULT_PORT = 3310
const CONNECT_MS = 3000
/** Its answer is one line with the name of a signature. */
const MAX_REPLY_BYTES = 4096

/**
 * ClamAV's daemon by INSTREAM of its protocol (clamd(8)): each scan is a connection on which the file goes in chunks with
 * their length in front, an empty one ends it, and a line comes back.
 */
export function createClamdScanner({ address, timeoutMs = 60_000 }: Options): VirusScanner {
  const span = spanOf(address)
  return {
    scan: (body, options) =>
      inSpan('scan file', span, async (made) => {
        const found = await scanFile(body, options)
        made?.setAttribute('galley.scan.verdict', found.verdict)
        return found
      }),
  }

  async function scanFile(...[body, { signal } = {}]: Parameters<VirusScanner['scan']>) {
    const stop = new AbortController()
    const end = (reason: unknown) => stop.abort(reason)
    const late = () => end(new ScannerUnavailable('The virus scanner did not respond in time'))
    const onAbort = () => end(signal?.reason)
    const clock = setTimeout(late, timeoutMs)
    signal?.addEventListener('abort', onAbort, { once: true })
    try {
      signal?.throwIfAborted()
      return await scanOn(await open(address, stop.signal), body, stop.signal)
    } catch (error) {
      const isTheFile = error instanceof ScanBrokenOff && (await isThere(address, stop.signal))
      if (stop.signal.aborted) throw stop.signal.reason
      if (error instanceof ScanBrokenOff && !isTheFile) {
        throw new ScannerUnavailable('The virus scanner broke off', { cause: error })
      }
      throw error
    } finally {
      clearTimeout(clock)
      signal?.removeEventListener('abort', onAbort)
      body.destroy()
    }
  }
}

/** No convention has names for ClamAV's protocol: those of any client. */
const spanOf = (address: string): SpanOptions => ({
  kind: 'client',
  attributes: {
    'network.protocol.name': 'clamd',
    'network.transport': address.startsWith('unix:') ? 'unix' : 'tcp',
    ...serverAddressOf(address, DEFAULT_PORT),
  },
})

async function open(address: string, signal: AbortSignal): Promise<Socket> {
  const { 'server.address': host, 'server.port': port } = serverAddressOf(address, DEFAULT_PORT)
  const socket = port === undefined ? connect(host) : connect({ host, port })
  const limited = AbortSignal.any([signal, AbortSignal.timeout(CONNECT_MS)])
  try {
    await once(socket, 'connect', { signal: limited })
    return socket
  } catch (cause) {
    socket.destroy()
    throw new ScannerUnavailable('The virus scanner cannot be reached', { cause })
  }
}

/** Whether it responds to others: what is between it and us may take connections while it is away. */
async function isThere(address: string, signal: AbortSignal): Promise<boolean> {
  const socket = await open(address, signal).catch(() => undefined)
  if (!socket) return false
  const abort = () => socket.destroy()
  signal.addEventListener('abort', abort, { once: true })
  try {
    socket.write('zPING\0')
    return (await readReply(socket)) === 'PONG'
  } finally {
    signal.removeEventListener('abort', abort)
    socket.destroy()
  }
}

async function scanOn(socket: Socket, body: Readable, signal: AbortSignal): Promise<Verdict> {
  const abort = () => {
    socket.destroy()
    body.destroy()
  }
  signal.addEventListener('abort', abort, { once: true })
  // It may speak while the file is still sent: that it is too large.
  let hasSpoken = false
  const replied = readReply(socket)
  const settle = () => {
    hasSpoken = true
    body.destroy()
  }
  replied.then(settle, settle)
  try {
    await send(socket, body).catch((error: unknown) => {
      // A file that cannot be read was not scanned, whatever comes back.
      if (!hasSpoken) throw error
    })
    const reply = await replied
    if (reply === '') throw brokenOff(socket.bytesWritten)
    return verdictOf(reply)
  } finally {
    signal.removeEventListener('abort', abort)
    socket.destroy()
  }
}

/** Fails when the body does; when the connection does, it stops. */
async function send(socket: Socket, body: Readable): Promise<void> {
  socket.write('zINSTREAM\0')
  for await (const piece of body) {
    const bytes = Buffer.from(piece as Uint8Array)
    for (let at = 0; at < bytes.byteLength; at += CHUNK_BYTES) {
      const chunk = bytes.subarray(at, at + CHUNK_BYTES)
      // What it has said is read before a write fails on what it has closed. It looks at the length alone, and closes at
      // once when that is too much: so the length never goes ahead.
      await setImmediate()
      const framed = Buffer.concat([lengthOf(chunk.byteLength), chunk])
      if (!socket.write(framed) && !(await drained(socket))) return
    }
  }
  socket.write(lengthOf(0))
}

async function drained(socket: Socket): Promise<boolean> {
  if (socket.destroyed) return false
  const either = new AbortController()
  const { signal } = either
  const events = ['drain', 'close'].map((event) => once(socket, event, { signal }))
  await Promise.race(events).catch(() => {})
  either.abort()
  await Promise.allSettled(events)
  return !socket.destroyed
}

function lengthOf(bytes: number): Buffer {
  const prefix = Buffer.alloc(4)
  prefix.writeUInt32BE(bytes)
  return prefix
}

/** Up to the NUL that ends it, or to the end of the connection, however that comes. */
async function readReply(socket: Socket): Promise<string> {
  let reply = ''
  try {
    for await (const chunk of socket) {
      reply += String(chunk)
      if (reply.includes('\0') || reply.length > MAX_REPLY_BYTES) break
    }
  } catch {}
  return reply.split('\0', 1)[0]?.trim() ?? ''
}

function verdictOf(reply: string): Verdict {
  if (reply === 'stream: OK') return { verdict: 'clean' }
  const [, signature] = /^stream: (\S{1,200}) FOUND$/.exec(reply) ?? []
  if (signature !== undefined) return { verdict: 'infected', signature }
  if (reply.startsWith('INSTREAM size limit exceeded')) {
    throw new TooLargeToScan(
      'The file is larger than the virus scanner takes (StreamMaxLength of clamd)',
    )
  }
  throw new ScannerUnavailable(`The virus scanner said ${JSON.stringify(reply.slice(0, 200))}`)
}

/** Its reply to a file that is too large is lost where a write fails on what it has closed before the reply was read. */
const brokenOff = (bytes: number) =>
  new ScanBrokenOff(
    `The virus scanner broke off after ${bytes} bytes: the file may be over its StreamMaxLength`,
  )
