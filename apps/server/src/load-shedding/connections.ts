import type { ServerResponse } from 'node:http'
import type { Server } from 'node:net'
import { addressKey } from '@galley/limits/address'
import type { Env } from '../env.ts'

const REPORT_MS = 1000

type Options = Pick<Env, 'MAX_CONNECTIONS' | 'MAX_CONNECTIONS_PER_ADDRESS'> & {
  /** A reverse proxy brings the connections of everybody: only the whole number bounds it. */
  isProxy(address: string): boolean
  /** Called with the number of connections that were closed unheard within a second. */
  onRefused(count: number): void
}

/** Closes connections beyond those that a process, or one address at it, may have open. */
export function limitConnections<Served extends Server>(
  server: Served,
  { MAX_CONNECTIONS, MAX_CONNECTIONS_PER_ADDRESS, isProxy, onRefused }: Options,
): Served {
  const open = new Map<string, number>()
  let refused = 0

  server.maxConnections = MAX_CONNECTIONS
  server.on('drop', countRefused)
  server.on('connection', (socket) => {
    const { remoteAddress = '' } = socket
    if (isProxy(remoteAddress)) return
    const key = addressKey(remoteAddress)
    const count = open.get(key) ?? 0
    if (count >= MAX_CONNECTIONS_PER_ADDRESS) {
      countRefused()
      socket.destroy()
      return
    }
    open.set(key, count + 1)
    socket.once('close', () => leave(key))
  })
  return server

  function leave(key: string) {
    const left = (open.get(key) ?? 0) - 1
    if (left > 0) open.set(key, left)
    else open.delete(key)
  }

  function countRefused() {
    refused += 1
    if (refused > 1) return
    setTimeout(() => {
      onRefused(refused)
      refused = 0
    }, REPORT_MS).unref()
  }
}

const LOOK_EVERY_MS = 2_000

/**
 * Cuts the connections of those who do not take their response: one that was finished `patienceMs` ago and has still not
 * left the process. Node's own time-out starts again with every byte that is taken, so it waits for ever for a client
 * that takes one a second. What streams is cut by the deadline of its request.
 */
export function createSlowReaders(patienceMs: number, lookEveryMs = LOOK_EVERY_MS) {
  const finishedAt = new Map<ServerResponse, number>()
  const timer = setInterval(() => {
    const latest = performance.now() - patienceMs
    for (const [response, at] of finishedAt) if (at < latest) response.destroy()
  }, lookEveryMs)
  timer.unref()

  return {
    /** Call when the response is complete on our side. */
    watch(response: ServerResponse) {
      if (response.writableFinished || response.destroyed) return
      finishedAt.set(response, performance.now())
      response.once('close', () => finishedAt.delete(response))
    },
    stop: () => clearInterval(timer),
  }
}
