import { getTRPCErrorFromUnknown, getTRPCErrorShape, TRPCError } from '@trpc/server'
import type { TRPCResponse } from '@trpc/server/rpc'
import { type InfoCall, type Outcome, runCall } from './call.ts'
import { isDataStream } from './data-stream.ts'
import { JSON_TYPE } from './head.ts'
import { configOf } from './options.ts'
import type { Work } from './work.ts'

export type Answer = { json: TRPCResponse | TRPCResponse[]; errors: TRPCError[] }

/** The answer to one call that is not in a batch. */
export async function singleAnswer(work: Work): Promise<Answer> {
  const [call] = work.info.calls
  if (!call) throw new Error('A request without a call')
  const outcome = await runCall(call, work)
  work.head.type = JSON_TYPE
  if (isStream(outcome)) throw notStreamed()
  return { json: responseTo(call, outcome, work), errors: errorsOf([outcome]) }
}

/** The answers to a batch, in its order; its calls run together. */
export async function batchAnswer(work: Work): Promise<Answer> {
  const { calls } = work.info
  const running = calls.map((call) => runCall(call, work))
  work.head.type = JSON_TYPE
  const outcomes = await Promise.all(running)
  const done = outcomes.map((outcome) => (isStream(outcome) ? { error: notStreamed() } : outcome))
  const json = done.flatMap((outcome, index) => {
    const call = calls[index]
    return call ? [responseTo(call, outcome, work)] : []
  })
  return { json, errors: errorsOf(done) }
}

/** The answer to a request that went wrong around its calls: an output that is no JSON, a hook that threw. */
export function failureAnswer(cause: unknown, { options, info, context, request }: Work): Answer {
  const error = getTRPCErrorFromUnknown(cause)
  const about = {
    error,
    path: undefined,
    input: undefined,
    ctx: context.peek(),
    type: info.type,
  }
  options.onError?.({ ...about, req: request })
  const shape = getTRPCErrorShape({ config: configOf(options), ...about })
  return { json: { error: shape }, errors: [error] }
}

function responseTo(call: InfoCall, outcome: Outcome, { options, context }: Work): TRPCResponse {
  if (!outcome.error) return { result: { data: outcome.data } }
  return {
    error: getTRPCErrorShape({
      config: configOf(options),
      ctx: context.peek(),
      error: outcome.error,
      input: call.result(),
      path: call.path,
      type: call.procedure?._def.type ?? 'unknown',
    }),
  }
}

const isStream = (outcome: Outcome) => !outcome.error && isDataStream(outcome.data)

const notStreamed = () =>
  new TRPCError({
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: 'Cannot use stream-like response in non-streaming request - use httpBatchStreamLink',
  })

const errorsOf = (outcomes: Outcome[]) => outcomes.flatMap(({ error }) => error ?? [])
