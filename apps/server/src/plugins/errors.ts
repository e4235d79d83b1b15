import fastifyPlugin from 'fastify-plugin'
import type { Env } from '../env.ts'
import { replyError } from '../errors/reply.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Where people and API clients find this server: what absolute addresses in responses begin with. */
    publicOrigin: string
  }
}

/** The one error handler: every error that is not raised inside a tRPC call. */
export const errors = fastifyPlugin(
  (app, { PUBLIC_ORIGIN }: Pick<Env, 'PUBLIC_ORIGIN'>, done) => {
    app.decorate('publicOrigin', PUBLIC_ORIGIN)
    app.setErrorHandler(replyError)
    done()
  },
  { name: 'errors', fastify: '5.x' },
)
