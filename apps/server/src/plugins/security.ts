import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import fastifyHelmet from '@fastify/helmet'
import fastifyPlugin from 'fastify-plugin'
import helmet, { type HelmetOptions } from 'helmet'
import type { Env } from '../env.ts'

declare module 'fastify' {
  interface FastifyReply {
    /** What this answer's own scripts and styles carry to be let through by its Content-Security-Policy. */
    nonce: string
  }
  interface FastifyInstance {
    /** Sets the security headers where no hook runs: an address that the router cannot read. */
    setSecurityHeaders(request: IncomingMessage, response: ServerResponse): void
  }
}

const YEAR_SECONDS = 365 * 24 * 60 * 60

/** Security headers on every answer, whatever its status (OWASP HTTP Headers Cheat Sheet, ASVS 5.0 V3.4). */
export const security = fastifyPlugin(
  async (app, env: Pick<Env, 'NODE_ENV'>) => {
    const nonces = new WeakMap<IncomingMessage, string>()
    const options = helmetOptions(env, (request) => nonces.get(request))
    const makeNonce = (request: IncomingMessage) =>
      nonces.set(request, randomBytes(16).toString('base64url'))

    app.decorateReply('nonce', {
      getter() {
        return nonces.get(this.request.raw) ?? ''
      },
    })
    app.addHook('onRequest', (request, _reply, next) => {
      makeNonce(request.raw)
      next()
    })
    await app.register(fastifyHelmet, options)

    const setHeaders = helmet(options)
    app.decorate('setSecurityHeaders', (request, response) => {
      makeNonce(request)
      setHeaders(request, response, (error) => {
        if (error) throw error
      })
    })
  },
  { name: 'security', fastify: '5.x' },
)

function helmetOptions(
  env: Pick<Env, 'NODE_ENV'>,
  nonceOf: (request: IncomingMessage) => string | undefined,
) {
  const nonceSource = (request: IncomingMessage) => `'nonce-${nonceOf(request)}'`
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", nonceSource],
        styleSrc: ["'self'", nonceSource],
        imgSrc: ["'self'", 'https:', 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
      },
    },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
    strictTransportSecurity: env.NODE_ENV === 'production' && {
      maxAge: YEAR_SECONDS,
      includeSubDomains: false,
    },
    xFrameOptions: { action: 'deny' },
  } satisfies HelmetOptions
}
