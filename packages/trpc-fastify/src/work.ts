import type { TRPCRequestInfo } from '@trpc/server/http'
import type { FastifyReply } from 'fastify'
import type { RequestContext } from './context.ts'
import type { Head } from './head.ts'
import type { AnyTrpcOptions, TrpcRequest } from './options.ts'

export type Exchange = {
  request: TrpcRequest
  reply: FastifyReply
  options: AnyTrpcOptions
  signal: AbortSignal
}

/** A request whose calls may run. */
export type Work = Exchange & { info: TRPCRequestInfo; context: RequestContext; head: Head }
