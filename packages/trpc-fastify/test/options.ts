import type { AnyTRPCRouter } from '@trpc/server'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { TrpcFastifyOptions } from '../src/options.ts'
import { type Context, newRouter } from './router.ts'

export type TestOptions = TrpcFastifyOptions<AnyTRPCRouter>

declare module 'fastify' {
  interface FastifyRequest {
    /** For calls that set headers. */
    reply: FastifyReply
  }
}

const contextOf = (req: FastifyRequest): Context => ({ req, res: req.reply })

/** Options with everything that an application may do around calls; what its hooks receive is kept in `told`. */
export function optionsOf(told: string[], changes: Partial<TestOptions> = {}): TestOptions {
  return {
    router: newRouter(),
    createContext: contextOf,
    onError({ error, path, input, type, req }) {
      const about = { code: error.code, path, input, type }
      told.push(`error ${error.message} ${JSON.stringify(about)} ${req.url}`)
    },
    ...changes,
  }
}
