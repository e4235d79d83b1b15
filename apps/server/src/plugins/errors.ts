import fastifyPlugin from 'fastify-plugin'
import type { Env } from '../env.ts'
import { answerError } from '../errors/answer.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Where people and programs find this server: what absolute addresses in answers begin with. */
    publicOrigin: string
  }
}

/** The one error handler: every error that is not raised inside a tRPC call. */
export const errors = fastifyPlugin(
  (app, { PUBLIC_ORIGIN }: Pick<Env, 'PUBLIC_ORIGIN'>, done) => {
    app.decorate('publicOrigin', PUBLIC_ORIGIN)
    app.setErrorHandler(answerError)
    done()
  },
  { name: 'errors', fastify: '5.x' },
)
