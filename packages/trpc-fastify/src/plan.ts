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
export function planCalls(
  request: TrpcRequest,
  path: string,
  options: AnyTrpcOptions,
): Plan | undefined {
  if (!isPlainRequest(request) || path.includes('%')) return undefined
  const search = searchOf(request.raw.url)
  if (search.has('connectionParams')) return undefined

  const isBatch = search.get('batch') === '1'
  if (isBatch && !mayBatch(options)) return undefined
  const paths = isBatch ? path.split(',') : [path]
  if (isBatch && paths.length > (options.maxBatchSize ?? Infinity)) return undefined

  const procedures = proceduresAt(paths, options)
  if (!procedures) return undefined
  const type = typeOf(procedures)
  if (type === 'mixed' || type === 'subscription') return undefined
  const json = request.method === 'GET' ? search.get('input') : String(request.body)
  return { isBatch, paths, procedures, type, json }
}

type Search = Pick<URLSearchParams, 'get' | 'has'>

function searchOf(url = ''): Search {
  const start = url.indexOf('?')
  const text = start < 0 ? '' : url.slice(start + 1)
  return onlyInput(text) ?? new URLSearchParams(text)
}

// What most queries are: an input, and nothing else.
function onlyInput(text: string): Search | undefined {
  if (!/^input=[\w%.!*'()~-]*$/.test(text)) return undefined
  try {
    const input = decodeURIComponent(text.slice('input='.length))
    return { get: (name) => (name === 'input' ? input : null), has: (name) => name === 'input' }
  } catch {
    return undefined // no UTF-8
  }
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
