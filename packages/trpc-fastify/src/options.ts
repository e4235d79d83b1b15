import type { AnyTRPCRouter, inferRouterContext, TRPCError } from '@trpc/server'
import type { FastifyHandlerOptions } from '@trpc/server/adapters/fastify'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { RequestedCalls } from './plan.ts'

export type TrpcFastifyOptions<TRouter extends AnyTRPCRouter> = Pick<
  FastifyHandlerOptions<TRouter, FastifyRequest, FastifyReply>,
  'router' | 'maxBatchSize' | 'onError'
> & {
  /** The context of all calls of a request, made before anything can fail, so that errors have it too. It must not throw. */
  createContext: (request: FastifyRequest) => inferRouterContext<TRouter>
  /** Headers of a response with these errors, at least one. */
  errorHeaders?: (errors: TRPCError[]) => Record<string, string>
  /** The largest request body in bytes; a larger one is Fastify's 413. Fastify's own limit by default. */
  bodyLimit?: number
  /** The largest response in bytes; in place of a larger one goes a 500. Streams have no limit. */
  responseLimit?: number
  /** The text of a JSON body, for its calls to parse. By default what is no UTF-8 becomes U+FFFD, as with tRPC. */
  decodeBody?: (body: Buffer) => string
}

/** Within this package no router is special. */
export type Options = Omit<TrpcFastifyOptions<AnyTRPCRouter>, 'createContext'> & {
  createContext: (request: FastifyRequest) => object
}

/** A request of the one route that this package has. */
export type TrpcRequest = FastifyRequest<{ Params: { path: string } }>

declare module 'fastify' {
  interface FastifyRequest {
    /** What a request of this package asks for; set by its `onRequest` hook, for hooks from `preParsing` on. */
    trpcCalls: RequestedCalls
  }
}

/** How the router formats errors. */
export const configOf = ({ router }: Options): AnyTRPCRouter['_def']['_config'] =>
  router._def._config // eslint-disable-line no-underscore-dangle -- its name in tRPC
