import fastifyPlugin from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyRequest {
    /** Where the request came from, cut to what is worth storing; empty strings when unknown. */
    client: { ip: string; userAgent: string }
  }
}

const MAX_IP_LENGTH = 64
const MAX_USER_AGENT_LENGTH = 400

/** The request's id in every answer, and who sent it; its logger carries the id and the caller's trace. */
export const context = fastifyPlugin(
  (app, _options, done) => {
    app.decorateRequest('client', {
      getter() {
        return {
          ip: this.ip.slice(0, MAX_IP_LENGTH),
          userAgent: this.headers['user-agent']?.slice(0, MAX_USER_AGENT_LENGTH) ?? '',
        }
      },
    })
    // In onSend rather than onRequest: CORS answers preflights before any later hook runs.
    app.addHook('onSend', (request, reply, _payload, next) => {
      reply.header('x-request-id', request.id)
      next()
    })
    done()
  },
  { name: 'context', fastify: '5.x' },
)
