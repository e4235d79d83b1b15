import { appRouter } from '@galley/api/root'
import { AppError } from '@galley/core/errors'
import type { FastifyRequest } from 'fastify'
import { isDeeperThan } from './json-depth.ts'

export const MAX_BATCH_SIZE = 10
const MAX_JSON_DEPTH = 32

/** Calls that cost much and serve a guesser when sent by the dozen: one of a kind in a batch. */
const onceInBatch = ['sessions.create', 'users.create']

export type TrpcRequest = FastifyRequest<{
  Params: { path: string }
  Querystring: { batch?: string; input?: string | string[] }
}>

/** The procedures that a request names, existing or not. */
export function namesOf({ params, query }: TrpcRequest): string[] {
  return query.batch === '1' ? params.path.split(',') : [params.path]
}

export const countUnknown = (names: string[]) =>
  names.filter((name) => !Object.hasOwn(appRouter._def.procedures, name)).length

/** Refuses what tRPC would take: sign-ins by the batch, a streamed mutation, JSON nested beyond reason. */
export function checkCalls(request: TrpcRequest, names: string[]) {
  const isRepeated = onceInBatch.some((once) => names.filter((name) => name === once).length > 1)
  if (isRepeated || isStreamedMutation(request) || jsonOf(request).some(isTooDeep)) {
    throw new AppError('request/malformed')
  }
}

// The head of a streamed answer leaves before the calls run, so none of them could set a cookie.
function isStreamedMutation({ method, headers }: TrpcRequest) {
  const accepted = `${String(headers['trpc-accept'])},${headers.accept}`
  return method === 'POST' && accepted.includes('application/jsonl')
}

function jsonOf({ body, query }: TrpcRequest) {
  return [body, query.input].flat().filter((text) => typeof text === 'string')
}

const isTooDeep = (json: string) => isDeeperThan(MAX_JSON_DEPTH, json)
