import type { TRPCRequestInfo } from '@trpc/server/http'
import type { FastifyRequest } from 'fastify'
import type { Inputs } from './inputs.ts'
import type { Plan } from './plan.ts'

/** What tRPC tells `createContext` and `responseMeta` about a request. */
export function infoOf(
  { isBatch, paths, procedures, type }: Plan,
  inputs: Inputs,
  request: FastifyRequest,
  signal: AbortSignal,
): TRPCRequestInfo {
  return {
    isBatchCall: isBatch,
    accept: null,
    calls: paths.map((path, batchIndex) => ({
      batchIndex,
      path,
      procedure: procedures[batchIndex] ?? null,
      // eslint-disable-next-line typescript/require-await -- a bad input must be a rejection
      getRawInput: async () => inputs.read(batchIndex),
      result: () => inputs.peek(batchIndex),
    })),
    type,
    connectionParams: null,
    signal,
    // Few look at it, and parsing costs more than the rest of this.
    get url() {
      return addressOf(request)
    },
  }
}

function addressOf({ raw }: FastifyRequest) {
  const { headers, socket } = raw
  const isSecure = headers[':scheme'] === 'https' || ('encrypted' in socket && socket.encrypted)
  const host = headers.host ?? headers[':authority'] ?? 'localhost'
  return new URL(raw.url ?? '/', `${isSecure ? 'https' : 'http'}://${String(host)}`)
}
