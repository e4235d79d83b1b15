import type { AnyTRPCRouter } from '@trpc/server'
import { fastifyTRPCPlugin } from '@trpc/server/adapters/fastify'
import { type FastifyInstance, type FastifyServerOptions, fastify } from 'fastify'
import { afterAll, beforeAll } from 'vitest'
import type { TrpcOptions } from '../src/options.ts'
import { trpcFastify } from '../src/plugin.ts'

export type Server = {
  app: FastifyInstance
  port: number
  /** What the application has been told, line by line. */
  told: string[]
}

type MakeOptions = (told: string[]) => TrpcOptions<AnyTRPCRouter>

/** tRPC's own plugin and ours on listening servers, with the same options. */
export function useBoth(
  makeOptions: MakeOptions,
  serverOptions: FastifyServerOptions = {},
  prepare: (app: FastifyInstance) => void = () => {},
) {
  const both: { official: Server; ours: Server } = Object.create(null)
  beforeAll(async () => {
    both.official = await start(serverOptions, makeOptions, (app, trpcOptions) => {
      prepare(app)
      app.register(fastifyTRPCPlugin, { prefix: '/trpc', trpcOptions })
    })
    both.ours = await start(serverOptions, makeOptions, (app, trpcOptions) => {
      prepare(app)
      app.register(trpcFastify, { prefix: '/trpc', trpcOptions })
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
  register: (app: FastifyInstance, options: TrpcOptions<AnyTRPCRouter>) => void,
): Promise<Server> {
  const told: string[] = []
  const app = fastify({
    routerOptions: { maxParamLength: 5000 },
    forceCloseConnections: true,
    ...serverOptions,
  })
  register(app, makeOptions(told))
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  return { app, told, port: Number(new URL(address).port) }
}
