import type { AnyTRPCRouter } from '@trpc/server'
import type { FastifyHandlerOptions } from '@trpc/server/adapters/fastify'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { RequestedCalls } from './calls.ts'
import type { OnCall } from './on-call.ts'

/** tRPC's own options, as its Fastify plugin takes them. */
export type TrpcOptions<TRouter extends AnyTRPCRouter> = FastifyHandlerOptions<
  TRouter,
  FastifyRequest,
  FastifyReply
>

export type TrpcFastifyOptions<TRouter extends AnyTRPCRouter> = {
  trpcOptions: TrpcOptions<TRouter>
  /** The largest request body in bytes; a larger one is Fastify's 413. Fastify's own limit by default. */
  bodyLimit?: number
  /** The largest answer in bytes; in place of a larger one goes a 500. Streams have no limit. */
  responseLimit?: number
  /** The text of a JSON body, for its calls to parse. By default what is no UTF-8 becomes U+FFFD, as with tRPC. */
  decodeBody?: (body: Buffer) => string
  /** Told of each procedure that has run, by whatever way it was called. */
  onCall?: OnCall
}

/** A request of the one route this package has. */
export type TrpcRequest = FastifyRequest<{ Params: { path: string } }>

declare module 'fastify' {
  interface FastifyRequest {
    /** What a request of this package asks for; there after its `onRequest` hooks, that is for hooks from `preParsing` on. */
    trpcCalls: RequestedCalls
  }
}

export type AnyTrpcOptions = TrpcOptions<AnyTRPCRouter>

/** How the router writes errors and transforms data. */
export const configOf = ({ router }: AnyTrpcOptions): AnyTRPCRouter['_def']['_config'] =>
  router._def._config // eslint-disable-line no-underscore-dangle -- its name in tRPC
