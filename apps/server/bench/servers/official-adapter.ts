import type { TrpcFastifyOptions } from '@galley/trpc-fastify'
import type { AnyTRPCRouter } from '@trpc/server'
import { fastifyRequestHandler } from '@trpc/server/adapters/fastify'
import type { FastifyInstance, FastifyRequest } from 'fastify'

// All but what this file has itself.
export * from '@galley/trpc-fastify'

type Options = TrpcFastifyOptions<AnyTRPCRouter>
type Request = FastifyRequest<{ Params: { path: string } }>

/** What our adapter does for the rest of the server, on tRPC's own handler as its plugin calls it. */
export function trpcFastify(app: FastifyInstance, options: Options, done: () => void) {
  const { router, maxBatchSize, onError, createContext, errorHeaders } = options
  const { bodyLimit, responseLimit = Infinity, decodeBody = String } = options
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, next) => {
    next(null, decodeBody(body as Buffer))
  })
  app.decorateRequest('trpcCalls')
  app.addHook('onRequest', (request: Request, _reply, next) => {
    request.trpcCalls = readCalls(request)
    next()
  })
  app.addHook('onSend', async (_request, reply, payload) => {
    if (!(payload instanceof Response)) return payload
    reply.code(payload.status).headers(Object.fromEntries(payload.headers))
    const body = await payload.text()
    if (body.length * 3 <= responseLimit || Buffer.byteLength(body) <= responseLimit) return body
    throw new Error('The response is too large')
  })
  app.all('/:path', { bodyLimit }, async (request: Request, reply) => {
    await fastifyRequestHandler({
      router,
      maxBatchSize,
      onError,
      createContext: ({ req }) => createContext(req),
      responseMeta: ({ errors }) =>
        errors.length === 0 ? {} : { headers: errorHeaders?.(errors) ?? {} },
      req: request,
      res: reply,
      path: request.params.path,
    })
    return reply
  })
  done()
}

function readCalls({ raw, params: { path } }: Request): FastifyRequest['trpcCalls'] {
  const { searchParams } = new URL(raw.url ?? '/', 'http://localhost')
  const isBatch = searchParams.get('batch') === '1'
  return {
    isBatch,
    paths: isBatch ? path.split(',') : [path],
    input: searchParams.get('input'),
    hasConnectionParams: searchParams.has('connectionParams'),
  }
}
