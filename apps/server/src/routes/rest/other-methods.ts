import { AppError } from '@galley/platform/errors'
import type { FastifyPluginCallback, HTTPMethods } from 'fastify'

type Options = { routes: { method: HTTPMethods; url: string }[] }

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** How an address responds to the methods that it has no route for: 405, and `Allow` to OPTIONS (RFC 9110, 9.3.7). */
export const otherMethods: FastifyPluginCallback<Options> = (app, { routes }, done) => {
  for (const [url, group] of Map.groupBy(routes, (route) => route.url)) {
    const own = new Set<string>(group.map(({ method }) => method))
    if (own.has('GET')) own.add('HEAD')
    own.add('OPTIONS')
    const allow = methods.filter((method) => own.has(method)).join(', ')
    app.options(url, (_request, reply) => reply.code(204).header('allow', allow).send())
    app.route({
      method: methods.filter((method) => !own.has(method)),
      url,
      exposeHeadRoute: false,
      // Before a body is received.
      onRequest: (_request, reply, next) => {
        reply.header('allow', allow)
        next(new AppError('route/method-not-allowed'))
      },
      handler: (_request, reply) => reply.callNotFound(),
    })
  }
  done()
}
