import type { Ctx } from '@galley/core/ctx'
import type { AppError } from '@galley/core/errors'
import { callTRPCProcedure, getTRPCErrorFromUnknown, type AnyTRPCRouter } from '@trpc/server'
import { toCallerError } from '../errors.ts'
import type { RestOperation } from '../rest.ts'

type Call = {
  router: AnyTRPCRouter
  operation: Pick<RestOperation, 'name' | 'kind'>
  ctx: Ctx
  /** Asked for when it is known that the caller may call at all. */
  getRawInput: () => unknown
  signal: AbortSignal
}

export type CallOutcome = { error: AppError } | { error?: undefined; data: unknown }

/** Calls the procedure as its other door does: access, scope, charge, audit and log are its own. An error is logged. */
export async function callOperation(call: Call): Promise<CallOutcome> {
  const { router, operation, ctx, getRawInput, signal } = call
  try {
    const data: unknown = await callTRPCProcedure({
      router,
      path: operation.name,
      type: operation.kind,
      ctx,
      signal,
      getRawInput: async () => getRawInput(),
      batchIndex: 0,
    })
    return { data }
  } catch (cause) {
    return { error: toCallerError(getTRPCErrorFromUnknown(cause)) }
  }
}
