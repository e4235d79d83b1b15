import fastifyCookie from '@fastify/cookie'
import type { Cookies } from '@galley/api/ctx'
import type { GrantName } from '@galley/platform/grant'
import type { FastifyReply } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import type { Env } from '../env.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The token in the session cookie, valid or not. */
    readonly sessionToken: string | undefined
  }
  interface FastifyInstance {
    /** The cookies of the request that this reply belongs to. */
    cookiesOf(reply: FastifyReply): Cookies
  }
}

/**
 * Galley's cookies: `__Host-` (RFC 6265bis, 4.1.3.2) where people come over https, so that no other host can plant
 * one; without prefix and Secure on a plain http origin, where browsers would refuse both.
 */
export function cookieRules(origin: string) {
  const secure = origin.startsWith('https:')
  return {
    nameOf: (name: GrantName | 'wrote') => `${secure ? '__Host-' : ''}galley-${name}`,
    flags: { path: '/', httpOnly: true, secure, sameSite: 'lax' },
  } as const
}

/** The cookies that grants are kept in. */
export const cookies = fastifyPlugin(
  async (app, { PUBLIC_ORIGIN }: Pick<Env, 'PUBLIC_ORIGIN'>) => {
    const { nameOf, flags } = cookieRules(PUBLIC_ORIGIN)

    await app.register(fastifyCookie)
    app.decorateRequest('sessionToken', {
      getter() {
        return this.cookies[nameOf('session')]
      },
    })
    app.decorate('cookiesOf', (reply) => ({
      get: (name) => reply.request.cookies[nameOf(name)],
      set: (name, value, expires) =>
        void reply.setCookie(nameOf(name), value, { ...flags, expires }),
      clear: (name) => void reply.clearCookie(nameOf(name), flags),
      // Not cookies: the one by which a browser is known for the account (`device`) outlives a sign-out.
      clearSiteData: () => void reply.header('clear-site-data', '"cache", "storage"'),
    }))
  },
  { name: 'cookies', fastify: '5.x' },
)
