import type { IncomingMessage, Server } from 'node:http'

/** So long after its head a body may take to arrive; an upload, longer. */
const BODY_MS = 15_000

const timers = new WeakMap<IncomingMessage, NodeJS.Timeout>()

/**
 * Cuts off who sends a body slowly, with 408, as Node does by its `requestTimeout`: that is one for all requests of a server,
 * and uploads need longer.
 */
export function limitBodies<Served extends Server>(server: Served): Served {
  return server.prependListener('request', (request: IncomingMessage) => {
    if (!hasBody(request)) return
    waitFor(server, request, BODY_MS)
    const stop = () => clearTimeout(timers.get(request))
    request.once('end', stop)
    request.once('close', stop)
  })
}

/** Gives the body of a request more time, from now on. */
export function allowSlowBody(server: Server, request: IncomingMessage, ms: number): void {
  if (!timers.has(request) || request.complete) return
  clearTimeout(timers.get(request))
  waitFor(server, request, ms)
}

function waitFor(server: Server, request: IncomingMessage, ms: number) {
  const timer = setTimeout(() => {
    if (request.complete) return
    const late = Object.assign(new Error('The body is late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' })
    server.emit('clientError', late, request.socket)
  }, ms)
  timers.set(request, timer.unref())
}

export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
