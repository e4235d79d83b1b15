import fastifyCookie from '@fastify/cookie'
import type { SessionCookie } from '@galley/core/ctx'
import type { FastifyReply } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import type { Env } from '../env.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The token in the session cookie, valid or not. */
    readonly sessionToken: string | undefined
  }
  interface FastifyInstance {
    sessionCookieOf(reply: FastifyReply): SessionCookie
  }
}

/**
 * The cookie of a session: `__Host-` (RFC 6265bis, 4.1.3.2) where people come over https, so that no other host
 * can plant it; without prefix and Secure on a plain http origin, where browsers would refuse both.
 */
export const sessionCookie = fastifyPlugin(
  async (app, { PUBLIC_ORIGIN }: Pick<Env, 'PUBLIC_ORIGIN'>) => {
    const secure = PUBLIC_ORIGIN.startsWith('https:')
    const name = secure ? '__Host-galley-session' : 'galley-session'
    const flags = { path: '/', httpOnly: true, secure, sameSite: 'lax' } as const

    await app.register(fastifyCookie)
    app.decorateRequest('sessionToken', {
      getter() {
        return this.cookies[name]
      },
    })
    app.decorate('sessionCookieOf', (reply) => ({
      token: reply.request.sessionToken,
      set: (token, expires) => void reply.setCookie(name, token, { ...flags, expires }),
      clear: () => void reply.clearCookie(name, flags),
    }))
  },
  { name: 'session-cookie', fastify: '5.x' },
)
