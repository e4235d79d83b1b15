import type { RestOperation } from '@galley/api-tools/rest'
import type { RequestCtx } from '@galley/api/ctx'
import { toCallerError } from '@galley/api/errors'
import { getCallable } from '@galley/api/procedures'
import { AppError } from '@galley/platform/errors'
import { callProcedure } from '@galley/trpc-fastify'
import { type AnyTRPCRouter, getTRPCErrorFromUnknown } from '@trpc/server'
import { versionsOf } from './etag.ts'
import { readInput, type RestRequest } from './input.ts'

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

type VersionedCall = {
  router: AnyTRPCRouter
  operation: RestOperation
  request: RestRequest
  signal: AbortSignal
}

/** Calls an operation at the version that `If-Match` names. Of several, each is tried until one is not stale. */
export async function callAtVersion(call: VersionedCall): Promise<CallOutcome> {
  const { operation, request } = call
  const versions = operation.rest.versioned ? versionsOf(request.headers['if-match']) : []
  for (const version of versions.slice(0, -1)) {
    const outcome = await callWith(call, version)
    if (!isStale(outcome)) return outcome
  }
  return callWith(call, versions.at(-1))
}

export const isStale = ({ error }: CallOutcome) => error?.reason.endsWith('/stale-version') ?? false

async function callWith(
  { router, operation, request, signal }: VersionedCall,
  version?: number | 'any',
): Promise<CallOutcome> {
  const getRawInput = () => readInput(operation, request, version)
  const call = { router, operation, ctx: request.ctx, signal, getRawInput }
  const outcome = await callOperation(call)
  return outcome.error ? { error: namedAsWritten(outcome.error, operation) } : outcome
}

/** The error with its fields as the address calls them, where that is not what the procedure does. */
function namedAsWritten(error: AppError, { fields }: RestOperation): AppError {
  const renamed = new Map(fields.flatMap(({ name, as }) => (as === name ? [] : [[name, as]])))
  if (!error.fields.some(({ path }) => renamed.has(path))) return error
  const { reason, cause, retryAfterSeconds } = error
  return new AppError(reason, {
    cause,
    fields: error.fields.map((field) => ({
      ...field,
      path: renamed.get(field.path) ?? field.path,
    })),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  })
}
