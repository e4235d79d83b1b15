import { plainAddress } from '@galley/limits/address'
import fastifyPlugin from 'fastify-plugin'
import { keepAddresses } from '../request-headers.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Where the request came from, cut to what is worth storing; empty strings when unknown. */
    client: { ip: string; userAgent: string }
  }
}

const MAX_USER_AGENT_LENGTH = 400

/** The request's id in every response, and who sent it; its logger carries the id and the caller's trace. */
export const requestId = fastifyPlugin(
  (app, _options, done) => {
    app.decorateRequest('client', {
      getter() {
        return {
          ip: plainAddress(this.ip) ?? '',
          userAgent: this.headers['user-agent']?.slice(0, MAX_USER_AGENT_LENGTH) ?? '',
        }
      },
    })
    app.addHook('onRequest', (request, _reply, next) => {
      keepAddresses(request.raw.headers)
      next()
    })
    // In onSend rather than onRequest: CORS responds to preflights before any later hook runs.
    app.addHook('onSend', (request, reply, _payload, next) => {
      reply.header('x-request-id', request.id)
      next()
    })
    done()
  },
  { name: 'request-id', fastify: '5.x' },
)
