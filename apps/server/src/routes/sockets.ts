import { onlySubscriptions } from '@galley/api/procedures'
import type { RequestCtx } from '@galley/api/ctx'
import { appRouter } from '@galley/api/root'
import { AppError } from '@galley/platform/errors'
import { getWSConnectionHandler } from '@trpc/server/adapters/ws'
import type { AnyTRPCRouter } from '@trpc/server'
import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Env } from '../env.ts'
import { allowedOrigins } from '../plugins/cors.ts'
import { isTrusted } from '../plugins/csrf.ts'
import { bearerTokenOf } from '../request-headers.ts'
import { isUpgrade, takeUpgrade } from './sockets/upgrades.ts'

const MAX_MESSAGE_BYTES = 16 * 1024
const MAX_MESSAGES = 30
const MESSAGES_WINDOW_MS = 10_000
const MAX_BUFFERED_BYTES = 1024 * 1024
const MOST_STREAMS = 10
/** A client that is silent for so long is asked whether it is there, and has 10 s to say so. */
const PING_MS = 15_000
const PONG_MS = 10_000

/** Why a socket is closed (RFC 6455, 7.4.1, and the registry that it begins). */
const POLICY = 1008
const RESTART = 1012

type Options = Pick<Env, 'PUBLIC_ORIGIN' | 'CORS_ORIGINS'> & { router?: AnyTRPCRouter }

/**
 * Subscriptions over one socket, by tRPC's own handler; all other calls have HTTP. A handshake passes the hooks of every
 * request. A token that no header can bring comes as the connection parameter `token`.
 */
export const sockets: FastifyPluginCallback<Options> = (
  app,
  { router = appRouter, ...env },
  done,
) => {
  const allowed = allowedOrigins(env)
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES })
  const handshakes = new WeakMap<object, Handshake>()
  const connect = getWSConnectionHandler<AnyTRPCRouter>({
    wss: server,
    router: onlySubscriptions(router),
    keepAlive: { enabled: true, pingMs: PING_MS, pongWaitMs: PONG_MS },
    createContext: ({ req, res, info }) => contextOf(req, res, info.connectionParams?.['token']),
  })

  app.addHook('onRequest', (request, _reply, next) => {
    next(isUpgrade(request.raw) ? undefined : new AppError('route/not-found'))
  })
  // A page of another site may open a socket with the cookies of ours, and no preflight asks before (OWASP, CSWSH).
  app.addHook('onRequest', (request, _reply, next) => {
    const isOurs = bearerTokenOf(request) !== undefined || isTrusted(request, allowed)
    next(isOurs ? undefined : new AppError('request/cross-site'))
  })
  app.addHook('onRequest', app.authenticate)
  app.get('/', async (request, reply) => {
    await reply.charge(1)
    const handshake: Handshake = { request, reply, uncount: app.openStream(request.caller) }
    const { socket, head } = takeUpgrade(request.raw, reply.raw)
    socket.once('close', () => handshake.uncount())
    reply.hijack()
    reply.holdOpen()
    handshakes.set(request.raw, handshake)
    server.handleUpgrade(request.raw, socket, head, (socket) => {
      limitMessages(socket)
      limitBuffer(socket)
      connect(socket, request.raw)
    })
  })
  app.addHook('preClose', async () => {
    for (const socket of server.clients) socket.close(RESTART)
  })
  app.addHook('onClose', async () => {
    for (const socket of server.clients) socket.terminate()
  })
  done()

  async function contextOf(
    raw: object,
    socket: WebSocket,
    token: string | undefined,
  ): Promise<RequestCtx> {
    const handshake = handshakes.get(raw)
    if (!handshake) throw new Error('A socket without a handshake')
    const ctx =
      token === undefined ? handshake.request.ctx : await authenticateAs(handshake, token, socket)
    let open = 0
    return {
      ...ctx,
      stream: {
        open() {
          if (open >= MOST_STREAMS) throw new AppError('stream/too-many')
          open += 1
          let isOpen = true
          return () => {
            if (isOpen) open -= 1
            isOpen = false
          }
        },
        cut: () => socket.terminate(),
        comeAgain: () => socket.close(RESTART),
      },
    }
  }

  /** It was counted when nobody knew yet whose it is. */
  async function authenticateAs(handshake: Handshake, token: string, socket: WebSocket) {
    const { request, reply } = handshake
    const ctx = await app.authenticateAs(reply, token)
    if (socket.readyState !== socket.OPEN) return ctx
    handshake.uncount()
    handshake.uncount = app.openStream(request.caller)
    return ctx
  }
}

/** Of a socket that is open, which is counted. */
type Handshake = { request: FastifyRequest; reply: FastifyReply; uncount: () => void }

function limitMessages(socket: WebSocket) {
  let count = 0
  let since = performance.now()
  socket.on('message', () => {
    const now = performance.now()
    if (now - since > MESSAGES_WINDOW_MS) {
      count = 0
      since = now
    }
    count += 1
    if (count > MAX_MESSAGES) socket.close(POLICY, 'Too many messages')
  })
}

/** tRPC sends without waiting for the reader. */
function limitBuffer(socket: WebSocket) {
  const send = socket.send.bind(socket)
  socket.send = (data: Parameters<typeof send>[0]) => {
    if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.terminate()
    else send(data)
  }
}
