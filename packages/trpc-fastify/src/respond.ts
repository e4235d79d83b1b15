import { getTRPCErrorFromUnknown, getTRPCErrorShape, TRPCError } from '@trpc/server'
import { getHTTPStatusCode } from '@trpc/server/http'
import type { TRPCResponse } from '@trpc/server/rpc'
import type { FastifyReply } from 'fastify'
import { inputsOf, type Outcome, runCall, type Work } from './call.ts'
import { configOf } from './options.ts'
import { type PlannedCall, typeOf } from './plan.ts'

export const JSON_TYPE = 'application/json'

type Result = { json: TRPCResponse | TRPCResponse[]; errors: TRPCError[] }

/** Runs the calls of a request together, sets the head of the reply and returns its body. */
export async function respond(given: Omit<Work, 'inputs'>, reply: FastifyReply): Promise<string> {
  const { options, plan, request } = given
  const work = { ...given, inputs: inputsOf(plan, request.method === 'POST') }
  const { body, status, errors } = await resultOf(work)
  reply.code(status).header('vary', 'trpc-accept, accept').header('content-type', JSON_TYPE)
  if (errors.length > 0) reply.headers(options.errorHeaders?.(errors) ?? {})
  // Without one, Fastify adds a charset to the type.
  reply.serializer(asText)
  return body
}

const asText = (payload: unknown) =>
  typeof payload === 'string' ? payload : JSON.stringify(payload)

async function resultOf(work: Work) {
  try {
    return written(await (work.plan.isBatch ? batchResult(work) : singleResult(work)))
  } catch (cause) {
    return written(failureResult(cause, work))
  }
}

const written = ({ json, errors }: Result) => ({
  errors,
  status: errors.length === 0 ? 200 : getHTTPStatusCode(json),
  body: JSON.stringify(json),
})

async function singleResult(work: Work): Promise<Result> {
  const [call] = work.plan.calls
  if (!call) throw new Error('A request without a call')
  const outcome = await runCall(call, 0, work)
  if (isStream(outcome)) throw notStreamed()
  return { json: responseTo(call, 0, outcome, work), errors: errorsOf([outcome]) }
}

/** In the order of the batch; its calls run together. */
async function batchResult(work: Work): Promise<Result> {
  const { calls } = work.plan
  const outcomes = await Promise.all(calls.map((call, index) => runCall(call, index, work)))
  const done = outcomes.map((outcome) => (isStream(outcome) ? { error: notStreamed() } : outcome))
  const json = done.flatMap((outcome, index) => {
    const call = calls[index]
    return call ? [responseTo(call, index, outcome, work)] : []
  })
  return { json, errors: errorsOf(done) }
}

/** For a request that went wrong around its calls, as by an output that is no JSON. */
function failureResult(cause: unknown, { options, plan, context: ctx, request }: Work): Result {
  const error = getTRPCErrorFromUnknown(cause)
  const type = typeOf(plan.calls.find(({ procedure }) => procedure))
  const about = { error, path: undefined, input: undefined, ctx, type }
  options.onError?.({ ...about, req: request })
  return {
    json: { error: getTRPCErrorShape({ config: configOf(options), ...about }) },
    errors: [error],
  }
}

function responseTo(call: PlannedCall, index: number, outcome: Outcome, work: Work): TRPCResponse {
  if (!outcome.error) return { result: { data: outcome.data } }
  return {
    error: getTRPCErrorShape({
      config: configOf(work.options),
      ctx: work.context,
      error: outcome.error,
      input: work.inputs.peek(index),
      path: call.path,
      type: typeOf(call),
    }),
  }
}

const errorsOf = (outcomes: Outcome[]) => outcomes.flatMap(({ error }) => error ?? [])

const notStreamed = () =>
  new TRPCError({
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: 'Cannot use stream-like response in non-streaming request - use httpBatchStreamLink',
  })

/** Whether a result, or a member of it, only arrives in time: it needs a link that streams. */
function isStream(outcome: Outcome) {
  if (outcome.error || !isRecord(outcome.data)) return false
  const { data } = outcome
  return (
    isAsyncIterable(data) ||
    Object.values(data).some((member) => isPromise(member) || isAsyncIterable(member))
  )
}

const isRecord = (value: unknown): value is Record<PropertyKey, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isAsyncIterable = (value: unknown) => isRecord(value) && Symbol.asyncIterator in value

const isPromise = (value: unknown) =>
  (isRecord(value) || typeof value === 'function') &&
  typeof Reflect.get(value, 'then') === 'function' &&
  typeof Reflect.get(value, 'catch') === 'function'
