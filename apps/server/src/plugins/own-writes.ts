import type { FastifyReply, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import type { ReplicaPool } from '../replica-reads.ts'
import { cookieRules } from './cookies.ts'
import { listenWhileUp } from './listen-while-up.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Before which position of the primary's log the sender has last written; undefined where that was long ago. */
    ownWriteOf(request: FastifyRequest): number | undefined
  }
}

type Options = Pick<Env, 'PUBLIC_ORIGIN'> & Pick<Deps, 'listen'> & { replicas: ReplicaPool }

/**
 * Who has written brings a cookie for some seconds that says how far the primary's log was then, so that any server shows
 * them what they wrote. It is not signed: who changes it chooses for themselves alone how old what they read may be.
 */
export const ownWrites = fastifyPlugin(
  (app, { PUBLIC_ORIGIN, listen, replicas }: Options, done) => {
    const { nameOf, flags } = cookieRules(PUBLIC_ORIGIN)
    const name = nameOf('wrote')
    const session = `${nameOf('session')}=`
    app.decorate('ownWriteOf', ({ cookies }) => {
      const value = cookies[name]
      return value !== undefined && /^\d{1,16}$/.test(value) ? Number(value) : undefined
    })
    app.addHook('onSend', async (request, reply) => {
      if (!hasWritten(request, reply)) return
      const position = await replicas.position()
      reply.setCookie(name, String(position), { ...flags, maxAge: replicas.ownWriteSeconds })
    })
    listenWhileUp(app, () => replicas.listen({ listen }))
    done()

    /** What a GET does is begin a session, perhaps with a new account. */
    function hasWritten({ method, sessionToken }: FastifyRequest, reply: FastifyReply) {
      if (reply.statusCode >= 400) return false
      if (sessionToken !== undefined && method !== 'GET' && method !== 'HEAD') return true
      return [reply.getHeader('set-cookie')].flat().some((set) => String(set).startsWith(session))
    }
  },
  { name: 'own-writes', fastify: '5.x', dependencies: ['cookies'] },
)
