import type { AnyTRPCRouter } from '@trpc/server'
import { fastifyRequestHandler } from '@trpc/server/adapters/fastify'
import type { FastifyInstance } from 'fastify'
import type { Options, TrpcFastifyOptions, TrpcRequest } from './options.ts'
import { planCalls, readCalls } from './plan.ts'
import { respond } from './respond.ts'
import { limitResponses } from './response-limit.ts'
import { whileOpen } from './call.ts'

export { inputIn } from './plan.ts'
export { callProcedure } from './procedure.ts'
export { whileOpen } from './call.ts'
export type { TrpcFastifyOptions } from './options.ts'

/**
 * Serves a tRPC router at `/:path` of its scope. Plain queries and mutations, alone or in a batch, are handled here; all
 * else (subscriptions, streams, forms, files, requests that are refused before a call) by tRPC's own handler.
 */
export function trpcFastify<TRouter extends AnyTRPCRouter>(
  app: FastifyInstance,
  given: TrpcFastifyOptions<TRouter>,
  done: (error?: Error) => void,
) {
  const options = given as unknown as Options
  const { bodyLimit, responseLimit } = options
  parseAsTrpcDoes(app, options.decodeBody)
  if (responseLimit !== undefined) limitResponses(app, responseLimit, options)

  app.decorateRequest('trpcCalls')
  app.addHook('onRequest', (request: TrpcRequest, _reply, next) => {
    request.trpcCalls = readCalls(request)
    next()
  })
  app.all('/:path', { bodyLimit }, async (request: TrpcRequest, reply) => {
    const context = options.createContext(request)
    const plan = planCalls(request, options)
    if (plan) {
      return whileOpen(reply, (signal) =>
        respond({ plan, request, options, context, signal }, reply),
      )
    }
    const { path } = request.params
    await fastifyRequestHandler({ ...ownOptions(options, context), req: request, res: reply, path })
    return reply
  })
  done()
}

// JSON stays text, since a call parses its input itself; a form stays a stream.
function parseAsTrpcDoes(app: FastifyInstance, decode = decodeLeniently) {
  app.removeContentTypeParser(['application/json', 'multipart/form-data'])
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, decode(body as Buffer)) // what it throws is handled by Fastify
  })
  app.addContentTypeParser('multipart/form-data', (_request, body, done) => {
    done(null, body)
  })
}

const decodeLeniently = (body: Buffer) => body.toString('utf8')

/** The options of tRPC's own handler, whose errors have the context even where they come before it asks for one. */
function ownOptions(options: Options, context: object) {
  const { router, maxBatchSize, onError, errorHeaders } = options
  const { _config: config, ...others } = router._def
  const errorFormatter: typeof config.errorFormatter = (about) =>
    config.errorFormatter({ ...about, ctx: about.ctx ?? context })
  return {
    router: { ...router, _def: { ...others, _config: { ...config, errorFormatter } } },
    maxBatchSize,
    createContext: () => context,
    onError: (about) => onError?.({ ...about, ctx: about.ctx ?? context }),
    responseMeta: ({ errors }) =>
      errors.length === 0 ? {} : { headers: errorHeaders?.(errors) ?? {} },
  } satisfies Omit<Parameters<typeof fastifyRequestHandler>[0], 'req' | 'res' | 'path'>
}
