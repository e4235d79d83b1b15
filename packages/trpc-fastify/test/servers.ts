import type { AnyTRPCRouter } from '@trpc/server'
import { fastifyTRPCPlugin, type FastifyHandlerOptions } from '@trpc/server/adapters/fastify'
import {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
  fastify,
} from 'fastify'
import { afterAll, beforeAll } from 'vitest'
import { trpcFastify } from '../src/plugin.ts'
import type { TestOptions } from './options.ts'

export type Server = {
  app: FastifyInstance
  port: number
  /** What the application has been told, line by line. */
  told: string[]
}

type MakeOptions = (told: string[]) => TestOptions

/** tRPC's own plugin and ours on listening servers, with the same options. */
export function useBoth(
  makeOptions: MakeOptions,
  serverOptions: FastifyServerOptions = {},
  prepare: (app: FastifyInstance) => void = () => {},
) {
  const both: { official: Server; ours: Server } = Object.create(null)
  beforeAll(async () => {
    both.official = await start(serverOptions, makeOptions, (app, options) => {
      prepare(app)
      app.register(fastifyTRPCPlugin, { prefix: '/trpc', trpcOptions: officialOptions(options) })
    })
    both.ours = await start(serverOptions, makeOptions, (app, options) => {
      prepare(app)
      app.register(trpcFastify, { prefix: '/trpc', ...options })
    })
  })
  afterAll(async () => {
    await both.official.app.close()
    await both.ours.app.close()
  })
  return both
}

async function start(
  serverOptions: FastifyServerOptions,
  makeOptions: MakeOptions,
  register: (app: FastifyInstance, options: TestOptions) => void,
): Promise<Server> {
  const told: string[] = []
  const app = fastify({
    routerOptions: { maxParamLength: 5000 },
    forceCloseConnections: true,
    ...serverOptions,
  })
  app.decorateRequest('reply')
  app.addHook('onRequest', async (request, reply) => {
    request.reply = reply
  })
  register(app, makeOptions(told))
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  return { app, told, port: Number(new URL(address).port) }
}

/** The same as the options of tRPC's own plugin. */
function officialOptions({
  createContext,
  errorHeaders,
  ...shared
}: TestOptions): FastifyHandlerOptions<AnyTRPCRouter, FastifyRequest, FastifyReply> {
  return {
    ...shared,
    createContext: ({ req }) => createContext(req),
    responseMeta: ({ errors }) =>
      errors.length === 0 ? {} : { headers: errorHeaders?.(errors) ?? {} },
  }
}
