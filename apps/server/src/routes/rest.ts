import { listRestOperations, type RestOperation } from '@galley/api-tools/rest'
import { appRouter } from '@galley/api/root'
import { AppError } from '@galley/platform/errors'
import { whileOpen } from '@galley/trpc-fastify'
import type { AnyTRPCRouter } from '@trpc/server'
import type {
  FastifyPluginCallback,
  FastifyReply,
  FastifyRequest,
  HTTPMethods,
  onRequestHookHandler,
} from 'fastify'
import { replyRefusal } from '../errors/reply.ts'
import { decodeUtf8, JSON_TYPE, MERGE_PATCH_TYPE } from '../json/encoding.ts'
import { leaveOutSender, SHAREABLE } from '../plugins/public-answers.ts'
import { CALL_BODY_LIMIT } from '../server-options.ts'
import { callAtVersion, isStale } from './rest/call.ts'
import { readInput, type RestRequest, type RestRoute } from './rest/input.ts'
import { deprecationHeaders, replyOperation, replyPublic } from './rest/reply.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a route of REST calls. */
    operation?: RestOperation
  }
}

/**
 * Under `/api/v1`: one route for each procedure with `meta.rest`. The procedure is called in-process, so who may
 * call it, what it costs, what it logs and how it fails are the same as by tRPC; the rest is HTTP.
 */
export const rest: FastifyPluginCallback<{ router?: AnyTRPCRouter }> = (
  app,
  { router = appRouter },
  done,
) => {
  const operations = listRestOperations(router)
  app.register(otherMethods, { routes: operations.map(toRoute) })
  app.register((scope, _options, ready) => {
    // Read by the procedure's input, when it is known that the caller may call it at all.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser<Buffer>(
      [JSON_TYPE, MERGE_PATCH_TYPE],
      { parseAs: 'buffer' },
      (_request, body, next) => next(null, decodeUtf8(body)),
    )
    scope.addHook('onRequest', refuseEmptySegments)
    scope.addHook<RestRoute>('onRequest', (request, reply, next) => {
      const { operation } = request.routeOptions.config
      const answer = operation && publicAnswerTo(operation, request)
      if (!operation || !answer) return next()
      replyPublic(operation, answer, request, reply)
    })
    scope.addHook('onRequest', scope.authenticate)
    scope.addHook('onSend', (_request, reply, _payload, next) => {
      if (reply.getHeader('cache-control') === SHAREABLE) leaveOutSender(reply)
      next()
    })
    for (const operation of operations) addRoute(operation)
    ready()

    function addRoute(operation: RestOperation) {
      const always = deprecationHeaders(operation)
      scope.route<RestRoute>({
        ...toRoute(operation),
        config: { operation },
        preParsing: async (_request, reply, payload) =>
          app.meterBody(reply, payload, operation.meta.access !== 'public'),
        bodyLimit: CALL_BODY_LIMIT,
        onRequest: (_request, reply, next) => {
          reply.headers(always)
          next()
        },
        handler: (request, reply) => handle(operation, request, reply),
      })
    }
  })
  done()

  function publicAnswerTo(operation: RestOperation, request: RestRequest) {
    if (!operation.meta.publicRead) return undefined
    try {
      return app.publicAnswerTo(request, operation.name, readInput(operation, request))
    } catch {
      return undefined // the call itself says what is wrong
    }
  }

  async function handle(
    operation: RestOperation,
    request: RestRequest,
    reply: FastifyReply<RestRoute>,
  ) {
    const outcome = await whileOpen(reply, (signal) =>
      callAtVersion({ router, operation, request, signal }),
    )
    if (!outcome.error) return replyOperation(operation, outcome.data, request, reply)
    if (isStale(outcome) && isPreconditionOf(operation, request)) reply.code(412)
    return replyRefusal(outcome.error, request, reply)
  }
}

// The router takes the nothing after `/articles/` for an id.
const refuseEmptySegments: onRequestHookHandler = ({ params }, _reply, next) =>
  next(Object.values(Object(params)).includes('') ? new AppError('route/not-found') : undefined)

const toRoute = ({ method, path }: RestOperation) => ({
  method,
  url: path.replaceAll(/\{(\w+)\}/g, ':$1'),
})

const isPreconditionOf = ({ rest: { versioned } }: RestOperation, { headers }: FastifyRequest) =>
  versioned === true && headers['if-match'] !== undefined

type Options = { routes: { method: HTTPMethods; url: string }[] }

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** How an address responds to the methods that it has no route for: 405, and `Allow` to OPTIONS (RFC 9110, 9.3.7). */
export const otherMethods: FastifyPluginCallback<Options> = (app, { routes }, done) => {
  for (const url of new Set(routes.map((route) => route.url))) {
    const own = new Set<string>(routes.filter(covers(url)).map(({ method }) => method))
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

/** Also a template in which a name stands for the words of an address: an article may be called as what is done with all of them. */
const covers = (url: string) => {
  const wanted = url.split('/')
  return (route: { url: string }) => {
    const parts = route.url.split('/')
    return (
      parts.length === wanted.length &&
      parts.every((part, at) => part.startsWith(':') || part === wanted[at])
    )
  }
}
