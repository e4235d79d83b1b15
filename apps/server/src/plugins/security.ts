import type { FastifyReply } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import type { SecurityHeaders } from '../security-headers.ts'

declare module 'fastify' {
  interface FastifyReply {
    /**
     * What this response's own scripts and styles carry to pass its Content-Security-Policy. Made, and put into the
     * policy, when it is first asked for: a response without any lets nothing inline through.
     */
    nonce: string
  }
}

/** Sets the security headers on every response that Fastify's hooks reach. */
export const security = fastifyPlugin(
  (app, { headersFor, createNonce }: SecurityHeaders, done) => {
    const nonces = new WeakMap<FastifyReply, string>()
    app.decorateReply('nonce', {
      getter() {
        const known = nonces.get(this)
        if (known !== undefined) return known
        const { nonce, policy } = createNonce()
        nonces.set(this, nonce)
        this.headers(policy)
        return nonce
      },
    })
    app.addHook('onRequest', (request, reply, next) => {
      reply.headers(headersFor(request.url))
      next()
    })
    done()
  },
  { name: 'security', fastify: '5.x' },
)
