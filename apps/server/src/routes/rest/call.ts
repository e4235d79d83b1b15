import { toCallerError } from '@galley/api/errors'
import { getCallable } from '@galley/api/procedures'
import type { RestOperation } from '@galley/api-tools/rest'
import type { RequestCtx } from '@galley/api/ctx'
import type { AppError } from '@galley/platform/errors'
import { callProcedure } from '@galley/trpc-fastify'
import { getTRPCErrorFromUnknown, type AnyTRPCRouter } from '@trpc/server'

type Call = {
  router: AnyTRPCRouter
  operation: Pick<RestOperation, 'name' | 'kind'>
  ctx: RequestCtx
  /** Asked for when it is known that the caller may call at all. */
  getRawInput: () => unknown
  signal: AbortSignal
}

export type CallOutcome = { error: AppError } | { error?: undefined; data: unknown }

/** Calls the procedure as tRPC does: access, scope, charge, audit and log are its own. An error is logged. */
export async function callOperation(call: Call): Promise<CallOutcome> {
  const { router, operation, ctx, getRawInput, signal } = call
  try {
    const data = await callProcedure(getCallable(router, operation.name), {
      path: operation.name,
      type: operation.kind,
      ctx,
      signal,
      // eslint-disable-next-line typescript/require-await -- a bad input must be a rejection
      getRawInput: async () => getRawInput(),
      batchIndex: 0,
    })
    return { data }
  } catch (cause) {
    return { error: toCallerError(getTRPCErrorFromUnknown(cause)) }
  }
}
