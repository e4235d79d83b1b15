import { getTRPCErrorFromUnknown } from '@trpc/server'
import type { TRPCRequestInfo } from '@trpc/server/http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AnyTrpcOptions } from './options.ts'

export type RequestContext = {
  /** The context; throws what `createContext` has thrown, in each call that asks. */
  get: () => unknown
  /** The context, or nothing where it could not be made. */
  peek: () => unknown
}

/** The context of a request, made once for all its calls. */
export async function contextOf(
  { createContext }: AnyTrpcOptions,
  request: { req: FastifyRequest; res: FastifyReply; info: TRPCRequestInfo },
): Promise<RequestContext> {
  try {
    const context: unknown = await createContext?.(request)
    return { get: () => context, peek: () => context }
  } catch (cause) {
    const error = getTRPCErrorFromUnknown(cause)
    return {
      get() {
        throw error
      },
      peek: () => undefined,
    }
  }
}
