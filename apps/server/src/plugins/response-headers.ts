import { CONTRACT_HEADER, contractHeader } from '@galley/contract/skew'
import type { FastifyInstance, FastifyReply } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { isApiPath } from '../paths.ts'
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

/** Tells callers, with every response of the API, which contract it keeps: they notice when theirs is another. */
export const contractVersion = fastifyPlugin(
  async (app: FastifyInstance) => {
    const version = contractHeader()
    app.addHook('onRequest', (request, reply, next) => {
      if (isApiPath(request.url)) reply.header(CONTRACT_HEADER, version)
      next()
    })
  },
  { name: 'contract-version', fastify: '5.x' },
)
