import { errorReasons, type ErrorReason } from '@galley/contract/errors'
import { AppError } from '@galley/platform/errors'
import type { FastifyPluginCallback } from 'fastify'
import { problemIndexPage, problemPage } from './problems/page.ts'

/** Under `/api/problems`: a page about each reason for which a call can fail, which the `type` of a problem names. */
export const problems: FastifyPluginCallback = (app, _options, done) => {
  app.addHook('onRequest', (_request, reply, next) => {
    reply.header('cache-control', 'no-store')
    next()
  })
  app.get('/', { prefixTrailingSlash: 'no-slash' }, (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(problemIndexPage(reply.nonce)),
  )
  app.get<{ Params: { area: string; name: string } }>('/:area/:name', ({ params }, reply) => {
    const reason = `${params.area}/${params.name}`
    if (!isReason(reason)) throw new AppError('route/not-found')
    return reply.type('text/html; charset=utf-8').send(problemPage(reason, reply.nonce))
  })
  done()
}

const isReason = (name: string): name is ErrorReason => Object.hasOwn(errorReasons, name)
