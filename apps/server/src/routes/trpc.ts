import { appRouter } from '@galley/api/root'
import { AppError } from '@galley/platform/errors'
import { trpcFastify } from '@galley/trpc-fastify'
import type { AnyTRPCRouter } from '@trpc/server'
import type { FastifyPluginCallback } from 'fastify'
import { retryAfterHeader } from '../errors/refusal.ts'
import { decodeUtf8 } from '../json/utf8.ts'
import { CALL_BODY_LIMIT } from '../server-options.ts'
import { createCallChecks, MAX_BATCH_SIZE } from './trpc/calls.ts'

const MB = 1024 * 1024

/**
 * tRPC in a scope of its own: its plugin replaces the JSON parser of the scope. The limit of a response has room for a
 * batch of articles of 100,000 characters.
 */
export const trpc: FastifyPluginCallback<{ router?: AnyTRPCRouter }> = (
  app,
  { router = appRouter },
  done,
) => {
  const calls = createCallChecks(router)
  app.addHook('onRequest', (request, reply, next) => {
    reply.header('cache-control', 'no-store')
    if (request.method === 'GET' || request.method === 'POST') return next()
    reply.header('allow', 'GET, POST')
    next(new AppError('route/method-not-allowed'))
  })
  app.addHook('onRequest', app.authenticate)
  app.addHook('preParsing', async ({ trpcCalls }, reply, payload) =>
    app.meterBody(reply, payload, trpcCalls.paths.some(calls.needsSignIn)),
  )
  app.addHook('preValidation', async (request, reply) => {
    try {
      calls.check(request)
    } catch (error) {
      await reply.charge(1)
      throw error
    }
    const unknown = calls.countUnknown(request.trpcCalls.paths)
    // Known ones are charged one by one, as they run.
    if (unknown > 0) await reply.charge(unknown)
  })
  // tRPC's own Vary replaces the one that CORS has set.
  app.addHook('onSend', (_request, reply, _payload, next) => {
    reply.header('vary', 'trpc-accept, accept, origin')
    next()
  })
  app.register(trpcFastify<AnyTRPCRouter>, {
    router,
    maxBatchSize: MAX_BATCH_SIZE,
    createContext: ({ ctx }) => ctx,
    errorHeaders: (errors) => retryAfterHeader(errors.map(({ cause }) => cause)),
    // Calls log their own errors; what is left went wrong around them.
    onError({ error, ctx }) {
      if (error.code !== 'INTERNAL_SERVER_ERROR' || error.cause instanceof AppError) return
      ctx?.log.error({ err: error }, 'tRPC failed outside a call')
    },
    bodyLimit: CALL_BODY_LIMIT,
    responseLimit: 32 * MB,
    decodeBody: decodeUtf8,
  })
  done()
}
