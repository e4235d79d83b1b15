import type { AnyTRPCRouter } from '@trpc/server'
import { fastifyRequestHandler } from '@trpc/server/adapters/fastify'
import type { FastifyInstance } from 'fastify'
import { answerCalls } from './answer.ts'
import { readCalls } from './calls.ts'
import { watchCalls } from './on-call.ts'
import type { AnyTrpcOptions, TrpcFastifyOptions, TrpcRequest } from './options.ts'
import { planCalls } from './plan.ts'
import { limitResponses } from './response-limit.ts'
import { whileOpen } from './signal.ts'

export type { RequestedCalls } from './calls.ts'
export type { Call, OnCall } from './on-call.ts'
export { callProcedure } from './procedure.ts'
export { whileOpen } from './signal.ts'
export type { TrpcFastifyOptions, TrpcOptions } from './options.ts'

/**
 * Serves a tRPC router at `/:path` of its scope. Plain queries and mutations, alone or in a batch, are answered here;
 * all else (subscriptions, streams, forms, files, requests that are refused before a call) by tRPC's own handler.
 */
export function trpcFastify<TRouter extends AnyTRPCRouter>(
  app: FastifyInstance,
  { trpcOptions, bodyLimit, responseLimit, decodeBody, onCall }: TrpcFastifyOptions<TRouter>,
  done: (error?: Error) => void,
) {
  const options = {
    ...trpcOptions,
    ...(onCall && { router: watchCalls(trpcOptions.router, onCall) }),
  } as unknown as AnyTrpcOptions // within this package no router is special
  parseAsTrpcDoes(app, decodeBody)
  if (responseLimit !== undefined) limitResponses(app, responseLimit, options)

  app.decorateRequest('trpcCalls')
  app.addHook('onRequest', (request: TrpcRequest, _reply, next) => {
    request.trpcCalls = readCalls(request)
    next()
  })
  app.all('/:path', { bodyLimit }, async (request: TrpcRequest, reply) => {
    const { path } = request.params
    const plan = planCalls(request, options)
    if (plan) {
      return whileOpen(reply, (signal) => answerCalls(plan, { request, reply, options, signal }))
    }
    await fastifyRequestHandler({ ...options, req: request, res: reply, path })
    return reply
  })
  done()
}

// JSON stays text, since a call parses its input itself; a form stays a stream.
function parseAsTrpcDoes(app: FastifyInstance, decode = decodeLeniently) {
  app.removeContentTypeParser(['application/json', 'multipart/form-data'])
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, decode(body as Buffer)) // what is thrown is answered by Fastify
  })
  app.addContentTypeParser('multipart/form-data', (_request, body, done) => {
    done(null, body)
  })
}

const decodeLeniently = (body: Buffer) => body.toString('utf8')
