import { callbackify } from 'node:util'
import { getTRPCErrorShape, transformTRPCResponse, TRPCError } from '@trpc/server'
import type { TRPCResponse } from '@trpc/server/rpc'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { configOf, type Options } from './options.ts'
import { JSON_TYPE } from './respond.ts'

/** Sends an error in place of a response of more than `limit` bytes, by whatever part it was made. */
export function limitResponses(app: FastifyInstance, limit: number, options: Options) {
  const limitedBy = callbackify(limited)
  app.addHook('onSend', (request, reply, payload, done) => {
    // No character takes more than three bytes: most responses need not be measured.
    if (typeof payload === 'string' && payload.length * 3 <= limit) return done(null, payload)
    limitedBy(request, reply, payload, done)
  })

  async function limited(request: FastifyRequest, reply: FastifyReply, payload: unknown) {
    const isWhole = payload instanceof Response && !isStream(payload)
    const body = isWhole ? Buffer.from(await payload.arrayBuffer()) : payload
    if (!(typeof body === 'string' || Buffer.isBuffer(body))) return payload
    if (Buffer.byteLength(body) <= limit) {
      return isWhole && body.length > 0 ? new Response(body, payload) : payload
    }
    reply.code(500)
    reply.header('content-type', JSON_TYPE)
    return tooLarge(limit, request, options)
  }
}

const isStream = ({ body, headers }: Response) =>
  body === null ||
  headers.has('transfer-encoding') ||
  headers.get('content-type') === 'text/event-stream'

function tooLarge(limit: number, req: FastifyRequest, options: Options) {
  const config = configOf(options)
  const code = 'INTERNAL_SERVER_ERROR'
  const error = new TRPCError({ code, message: `The response has more than ${limit} bytes` })
  const about = {
    error,
    path: undefined,
    input: undefined,
    ctx: options.createContext(req),
    type: 'unknown',
  } as const
  options.onError?.({ ...about, req })
  const response: TRPCResponse = { error: getTRPCErrorShape({ config, ...about }) }
  return JSON.stringify(transformTRPCResponse(config, response))
}
