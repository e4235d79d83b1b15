import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import fastifyHelmet, { type FastifyHelmetOptions } from '@fastify/helmet'
import { fastify, type FastifyReply } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import type { Env } from '../env.ts'

declare module 'fastify' {
  interface FastifyReply {
    /**
     * What this answer's own scripts and styles carry to be let through by its Content-Security-Policy. Made, and put
     * into the policy, when it is first asked for: an answer without any lets nothing inline through.
     */
    nonce: string
  }
  interface FastifyInstance {
    /** Sets the security headers where no hook runs: an address that the router cannot read. */
    setSecurityHeaders(response: ServerResponse): void
    /** Puts a nonce into the policy of such an answer, and returns it. */
    setNonce(response: ServerResponse): string
  }
}

type Settings = Pick<Env, 'NODE_ENV' | 'HSTS_INCLUDE_SUBDOMAINS'>

const YEAR_SECONDS = 365 * 24 * 60 * 60
const POLICY = 'content-security-policy'
/** Where the policy has the nonce, if there is one. */
const PLACE = ` 'nonce-here'`

/** Security headers on every answer, whatever its status (OWASP HTTP Headers Cheat Sheet, ASVS 5.0 V3.4). */
export const security = fastifyPlugin(
  async (app, env: Settings) => {
    const { [POLICY]: policy = '', ...others } = await headersOf(helmetOptions(env))
    const headers = { ...others, [POLICY]: policy.replaceAll(PLACE, '') }
    const withNonce = (nonce: string) => policy.replaceAll(PLACE, ` 'nonce-${nonce}'`)
    const nonces = new WeakMap<FastifyReply, string>()

    app.decorateReply('nonce', {
      getter() {
        const known = nonces.get(this)
        if (known !== undefined) return known
        const nonce = newNonce()
        nonces.set(this, nonce)
        this.header(POLICY, withNonce(nonce))
        return nonce
      },
    })
    app.addHook('onRequest', (_request, reply, next) => {
      reply.headers(headers)
      next()
    })
    app.decorate('setSecurityHeaders', (response) => {
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    })
    app.decorate('setNonce', (response) => {
      const nonce = newNonce()
      response.setHeader(POLICY, withNonce(nonce))
      return nonce
    })
  },
  { name: 'security', fastify: '5.x' },
)

const newNonce = () => randomBytes(16).toString('base64url')

/** What helmet sets, which is the same for every request: asked for once, since it works it out anew each time. */
async function headersOf(options: FastifyHelmetOptions): Promise<Record<string, string>> {
  await using app = fastify()
  await app.register(fastifyHelmet, options)
  app.get('/', (_request, reply) => {
    const set = Object.entries(reply.raw.getHeaders())
    return Object.fromEntries(set.map(([name, value]) => [name, String(value)]))
  })
  const response = await app.inject('/')
  return response.json<Record<string, string>>()
}

function helmetOptions(env: Settings): FastifyHelmetOptions {
  const nonce = PLACE.trim()
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", nonce],
        styleSrc: ["'self'", nonce],
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
      includeSubDomains: env.HSTS_INCLUDE_SUBDOMAINS === 'yes',
    },
    xFrameOptions: { action: 'deny' },
  }
}
