import { getTRPCErrorFromUnknown, TRPCError, type TRPCProcedureType } from '@trpc/server'
import type { TRPCRequestInfo } from '@trpc/server/http'
import type { FastifyRequest } from 'fastify'
import type { RequestContext } from './context.ts'
import type { AnyTrpcOptions } from './options.ts'
import { callProcedure } from './procedure.ts'

export type InfoCall = TRPCRequestInfo['calls'][number]
export type Outcome = { error: TRPCError } | { error?: undefined; data: unknown }

type Around = {
  context: RequestContext
  options: AnyTrpcOptions
  request: FastifyRequest
  signal: AbortSignal
}

/** One call with its outcome; never rejects, unless `onError` throws. */
export async function runCall(call: InfoCall, around: Around): Promise<Outcome> {
  const { context, options, request, signal } = around
  const { path, procedure, batchIndex, getRawInput } = call
  try {
    if (!procedure) {
      throw new TRPCError({ code: 'NOT_FOUND', message: `No procedure found on path "${path}"` })
    }
    const { type } = procedure._def
    checkMethod(type, path, request.method, options)
    const ctx = context.get()
    return {
      data: await callProcedure(procedure, { path, getRawInput, ctx, type, signal, batchIndex }),
    }
  } catch (cause) {
    const error = getTRPCErrorFromUnknown(cause)
    options.onError?.({
      error,
      path,
      input: call.result(),
      ctx: context.peek(),
      type: procedure?._def.type ?? 'unknown',
      req: request,
    })
    return { error }
  }
}

// A mutation is never done by GET; a query by POST only where the options allow it.
function checkMethod(
  type: TRPCProcedureType,
  path: string,
  method: string,
  { allowMethodOverride }: AnyTrpcOptions,
) {
  const isAllowed =
    type === 'mutation' ? method === 'POST' : method === 'GET' || allowMethodOverride
  if (isAllowed) return
  throw new TRPCError({
    code: 'METHOD_NOT_SUPPORTED',
    message: `Unsupported ${method}-request to ${type} procedure at path "${path}"`,
  })
}
