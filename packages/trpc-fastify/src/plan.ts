import type { AnyTRPCProcedure, TRPCProcedureType } from '@trpc/server'
import { isPlainRequest } from './plain-request.ts'
import type { AnyTrpcOptions, TrpcRequest } from './options.ts'

/** What a request asks for, of those that this package answers itself. */
export type Plan = {
  isBatch: boolean
  paths: string[]
  /** By index of `paths`; undefined where there is no such procedure. */
  procedures: (AnyTRPCProcedure | undefined)[]
  /** Of all of them; unknown when none exists. */
  type: TRPCProcedureType | 'unknown'
  /** The text of the inputs; null where a GET sends none. */
  json: string | null
}

/** The plan of a request, or nothing for one that tRPC's own handler has to answer. Nothing has run by then. */
export function planCalls(request: TrpcRequest, options: AnyTrpcOptions): Plan | undefined {
  if (!isPlainRequest(request) || request.params.path.includes('%')) return undefined
  const { isBatch, paths, input, hasConnectionParams } = request.trpcCalls
  if (hasConnectionParams || (isBatch && !mayBatch(options))) return undefined
  if (isBatch && paths.length > (options.maxBatchSize ?? Infinity)) return undefined

  const procedures = proceduresAt(paths, options)
  if (!procedures) return undefined
  const type = typeOf(procedures)
  if (type === 'mixed' || type === 'subscription') return undefined
  const json = request.method === 'GET' ? input : String(request.body)
  return { isBatch, paths, procedures, type, json }
}

const mayBatch = ({ allowBatching, batching }: AnyTrpcOptions) =>
  allowBatching ?? batching?.enabled ?? true

// Nothing when one of them may be in a router that is yet to be loaded.
function proceduresAt(paths: string[], { router }: AnyTrpcOptions) {
  const all: Record<string, AnyTRPCProcedure | undefined> = router._def.procedures
  const procedures = paths.map((path) => all[path])
  if (procedures.every((procedure) => procedure !== undefined)) return procedures
  const unloaded = Object.keys(router._def.lazy)
  const mayBeUnloaded = (path: string) =>
    unloaded.some((key) => path === key || path.startsWith(`${key}.`))
  const isComplete = paths.every((path, index) => procedures[index] ?? !mayBeUnloaded(path))
  return isComplete ? procedures : undefined
}

function typeOf(procedures: Plan['procedures']) {
  let type: Plan['type'] = 'unknown'
  for (const procedure of procedures) {
    if (!procedure) continue
    if (type !== 'unknown' && type !== procedure._def.type) return 'mixed'
    type = procedure._def.type
  }
  return type
}
