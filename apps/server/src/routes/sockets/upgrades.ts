import { type IncomingMessage, type RequestListener, type Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { pathOf } from '../../paths.ts'

type Upgrade = { socket: Duplex; head: Buffer }

const upgrades = new WeakMap<IncomingMessage, Upgrade>()

/** Where sockets are opened. An `Upgrade` header means nothing elsewhere (RFC 9110, 7.8): the request is an ordinary one. */
export const isUpgrade = ({ url = '', headers }: IncomingMessage): boolean =>
  pathOf(url) === '/trpc' && headers.upgrade?.toLowerCase() === 'websocket'

/** Hands requests for a socket to the listener of all others, with a response that refuses them as it does those. */
export function acceptUpgrades<Served extends Server>(
  server: Served,
  listener: RequestListener,
): Served {
  return server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Node has taken its own listener off.
    socket.on('error', () => socket.destroy())
    const response = new ServerResponse(request)
    response.shouldKeepAlive = false
    response.assignSocket(request.socket)
    response.once('finish', () => socket.end())
    upgrades.set(request, { socket, head })
    listener(request, response)
  })
}

/** What a request for a socket came with. The socket is no longer that of the response. */
export function takeUpgrade(request: IncomingMessage, response: ServerResponse): Upgrade {
  const upgrade = upgrades.get(request)
  if (!upgrade) throw new Error('No request for a socket')
  upgrades.delete(request)
  response.detachSocket(request.socket)
  return upgrade
}
