import { listProcedures } from '@galley/api/procedures'
import { AppError } from '@galley/platform/errors'
import type { AnyTRPCRouter } from '@trpc/server'
import type { FastifyRequest } from 'fastify'
import { checkJson } from '../../json/check-json.ts'

export const MAX_BATCH_SIZE = 10

/** Calls that cost much and serve a guesser when sent by the dozen: one of a kind in a batch. */
const onceInBatch = ['sessions.create', 'users.create']

/** What is known of the calls of a request before they run, by the procedures of a router. */
export function createCallChecks(router: AnyTRPCRouter) {
  const procedures = new Map(
    listProcedures(router).map((procedure) => [procedure.path, procedure] as const),
  )
  const typeOf = (path: string) => procedures.get(path)?.type
  return {
    /** Refuses what tRPC would take, and says why where tRPC would not. */
    check(request: FastifyRequest) {
      const { isBatch, paths } = request.trpcCalls
      if (paths.length > MAX_BATCH_SIZE) throw new AppError('batch/too-large')
      if (onceInBatch.some((once) => paths.filter((path) => path === once).length > 1)) {
        throw new AppError('batch/repeated-call')
      }
      if (new Set(paths.map(typeOf).filter((type) => type !== undefined)).size > 1)
        throw new AppError('batch/mixed')
      if (isStreamedMutation(request)) throw new AppError('batch/mutation-streamed')
      const json = inputOf(request)
      if (json) checkJson(json, isBatch ? 1 : 0)
    },
    countUnknown: (paths: string[]) => paths.filter((path) => typeOf(path) === undefined).length,
    needsSignIn(path: string) {
      const meta = procedures.get(path)?.meta
      return meta !== undefined && meta.access !== 'public'
    },
  }
}

// The head of a streamed response leaves before the calls run, so none of them could set a cookie.
function isStreamedMutation({ method, headers }: FastifyRequest) {
  const accepted = `${String(headers['trpc-accept'])},${headers.accept}`
  return method === 'POST' && accepted.includes('application/jsonl')
}

function inputOf({ method, body, trpcCalls }: FastifyRequest) {
  if (method === 'GET') return trpcCalls.input
  return typeof body === 'string' ? body : null
}
