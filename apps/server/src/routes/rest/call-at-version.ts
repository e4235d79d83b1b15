import type { RestOperation } from '@galley/api-tools/rest'
import type { AnyTRPCRouter } from '@trpc/server'
import { callOperation, type CallOutcome } from './call.ts'
import { versionsOf } from './etag.ts'
import { readInput, type RestRequest } from './input.ts'

type Call = {
  router: AnyTRPCRouter
  operation: RestOperation
  request: RestRequest
  signal: AbortSignal
}

/** Calls an operation at the version that `If-Match` names. Of several, each is tried until one is not stale. */
export async function callAtVersion(call: Call): Promise<CallOutcome> {
  const { operation, request } = call
  const versions = operation.rest.versioned ? versionsOf(request.headers['if-match']) : []
  for (const version of versions.slice(0, -1)) {
    const outcome = await callWith(call, version)
    if (!isStale(outcome)) return outcome
  }
  return callWith(call, versions.at(-1))
}

export const isStale = ({ error }: CallOutcome) => error?.reason.endsWith('/stale-version') ?? false

function callWith({ router, operation, request, signal }: Call, version?: number | 'any') {
  const getRawInput = () => readInput(operation, request, version)
  return callOperation({ router, operation, ctx: request.ctx, signal, getRawInput })
}
