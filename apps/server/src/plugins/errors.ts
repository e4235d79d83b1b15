import { AppError } from '@galley/platform/errors'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import type { Env } from '../env.ts'
import { replyError } from '../errors/reply.ts'
import { isPagePath, pathOf } from '../paths.ts'

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

/** Addresses where nothing is, and those that only can be read: 404 and 405, before a body is received. */
export const notFound = fastifyPlugin(
  (app, { hasPages }: { hasPages: boolean }, done) => {
    app.setNotFoundHandler((request, reply) => replyError(refusal(request, reply), request, reply))
    app.addHook('onRequest', (request, reply, next) => {
      next(request.is404 ? refusal(request, reply) : undefined)
    })
    done()

    function refusal({ method, url }: FastifyRequest, reply: FastifyReply) {
      const isRead = method === 'GET' || method === 'HEAD'
      const isThere =
        (hasPages && isPagePath(url)) || app.hasRoute({ method: 'GET', url: pathOf(url) })
      if (isRead || !isThere) return new AppError('route/not-found')
      reply.header('allow', 'GET, HEAD')
      return new AppError('route/method-not-allowed')
    }
  },
  { name: 'not-found', fastify: '5.x', dependencies: ['errors'] },
)
