import type { AnyTRPCProcedure, TRPCProcedureType } from '@trpc/server'
import { defaultTransformer } from '@trpc/server/unstable-core-do-not-import'
import type { FastifyRequest } from 'fastify'
import { configOf, type Options, type TrpcRequest } from './options.ts'

/** What a request asks for, of those that this package responds to itself. */
export type Plan = {
  isBatch: boolean
  calls: PlannedCall[]
  /** The text of the inputs; null where a GET sends none. */
  json: string | null
}

/** `procedure` is undefined where there is none at the path. */
export type PlannedCall = { path: string; procedure: AnyTRPCProcedure | undefined }

/** The plan of a request; nothing for one that is left to tRPC's own handler. Nothing has run by then. */
export function planCalls(request: TrpcRequest, options: Options): Plan | undefined {
  if (!isPlain(request) || request.params.path.includes('%') || !isPlainRouter(options)) {
    return undefined
  }
  const { isBatch, paths, input, hasConnectionParams } = request.trpcCalls
  if (hasConnectionParams || (isBatch && paths.length > (options.maxBatchSize ?? Infinity))) {
    return undefined
  }
  const procedures: Partial<Record<string, AnyTRPCProcedure>> = options.router._def.procedures
  const calls = paths.map((path) => ({ path, procedure: procedures[path] }))
  const isPost = request.method === 'POST'
  const type = isPost ? 'mutation' : 'query'
  const isRefused = calls.some(({ procedure }) => procedure && procedure._def.type !== type)
  return isRefused ? undefined : { isBatch, calls, json: isPost ? String(request.body) : input }
}

export const typeOf = (call: PlannedCall | undefined): TRPCProcedureType | 'unknown' =>
  call?.procedure?._def.type ?? 'unknown'

// A router with parts that are loaded later, or with a transformer, is tRPC's own affair.
const isPlainRouter = (options: Options) =>
  configOf(options).transformer === defaultTransformer &&
  Object.keys(options.router._def.lazy).length === 0

/** Whether a request is a GET or a JSON POST that wants a JSON response, with nothing odd in its address. */
function isPlain(request: FastifyRequest): boolean {
  const { headers } = request.raw
  return (
    hasPlainBody(request, headers['content-type']) &&
    headers['trpc-accept'] === undefined &&
    !headers.accept?.includes('application/jsonl') &&
    isPlainTarget(request.raw.url) &&
    isValidHost(headers.host ?? headers[':authority'])
  )
}

function hasPlainBody({ method, body }: FastifyRequest, contentType: string | undefined) {
  if (method === 'GET') return contentType === undefined || isJson(contentType)
  return method === 'POST' && isJson(contentType) && typeof body === 'string' && isPlainText(body)
}

// Which byte order marks are ignored is up to the `Request` of the platform; what an empty body is, to the version of tRPC.
const isPlainText = (body: string) => body !== '' && !body.startsWith('\uFEFF')

// In another case, which versions of tRPC treat differently, it is tRPC's own affair.
const isJson = (contentType = '') =>
  contentType === 'application/json' || contentType.split(';', 1)[0]?.trim() === 'application/json'

// `//host` and `/\host` are addresses of other hosts to a URL parser, and `#` ends the query.
const isPlainTarget = (url = '') => /^\/(?![/\\])[^#]*$/.test(url)

let lastValid = 'localhost'

// With a host that no URL can have, tRPC fails before it responds. Most requests name the host of the one before.
function isValidHost(host: string | string[] = 'localhost') {
  if (host === lastValid) return true
  if (typeof host !== 'string' || /[@/\\?#]/.test(host)) return false
  if (!URL.canParse(`http://${host}`)) return false
  lastValid = host
  return true
}

/** What the address of a request asks for; all that runs, is checked or is charged goes by this one reading. */
export type RequestedCalls = {
  isBatch: boolean
  /** Of the procedures, existing or not, in the order of the batch. */
  paths: string[]
  /** The text of the inputs in the address; null where there is none. */
  input: string | null
  /** Those of a subscription. */
  hasConnectionParams: boolean
}

/** Reads an address as tRPC does: of a parameter that is given twice, the first counts. */
export function readCalls({ raw, params: { path } }: TrpcRequest): RequestedCalls {
  const search = searchOf(raw.url)
  const isBatch = search.get('batch') === '1'
  return {
    isBatch,
    paths: isBatch ? path.split(',') : [path],
    input: search.get('input'),
    hasConnectionParams: search.has('connectionParams'),
  }
}

/** The text of the inputs in an address, as `readCalls` reads it: for what has to know it before. */
export const inputIn = (url: string): string | null => searchOf(url).get('input')

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
