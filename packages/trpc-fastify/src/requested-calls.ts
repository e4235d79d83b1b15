import type { TrpcRequest } from './options.ts'

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
