import { getHTTPStatusCode } from '@trpc/server/http'
import type { TRPCResponse } from '@trpc/server/rpc'
import { type Answer, batchAnswer, failureAnswer, singleAnswer } from './answers.ts'
import { contextOf } from './context.ts'
import { addMeta, applyHead } from './head.ts'
import { infoOf } from './info.ts'
import { inputsOf } from './inputs.ts'
import { configOf } from './options.ts'
import type { Plan } from './plan.ts'
import type { Exchange, Work } from './work.ts'

/** Runs the calls of a request together, sets the head of the reply and gives its body. */
export async function answerCalls(plan: Plan, exchange: Exchange): Promise<string> {
  const { request, reply, options, signal } = exchange
  const inputs = inputsOf(plan, options, request.method === 'POST')
  const info = infoOf(plan, inputs, request, signal)
  const context = await contextOf(options, { req: request, res: reply, info })
  const body = await bodyOf({ ...exchange, info, context, head: { status: 200 } })
  // Without one, Fastify adds a charset to the type.
  reply.serializer(asText)
  return body
}

const asText = (payload: unknown) =>
  typeof payload === 'string' ? payload : JSON.stringify(payload)

// The order in each of the two matters to hooks of the application that throw.
async function bodyOf(work: Work) {
  const { head, reply } = work
  try {
    const answer = await (work.info.isBatchCall ? batchAnswer(work) : singleAnswer(work))
    setMeta(answer, work)
    const body = textOf(answer, work)
    applyHead(head, reply, body)
    return body
  } catch (cause) {
    const answer = failureAnswer(cause, work)
    const body = textOf(answer, work)
    setMeta(answer, work)
    applyHead(head, reply, body)
    return body
  }
}

function textOf({ json }: Answer, { options }: Work) {
  const { output } = configOf(options).transformer
  const transformed = (one: TRPCResponse) =>
    'error' in one
      ? { error: output.serialize(one.error) }
      : { result: { data: output.serialize(one.result.data) } }
  return JSON.stringify(Array.isArray(json) ? json.map(transformed) : transformed(json))
}

function setMeta({ json, errors }: Answer, { options, info, context, head }: Work) {
  head.status = errors.length === 0 ? 200 : getHTTPStatusCode(json)
  if (!options.responseMeta) return
  const meta = options.responseMeta({
    ctx: context.peek(),
    info,
    paths: info.calls.map(({ path }) => path),
    data: Array.isArray(json) ? json : [json],
    errors,
    eagerGeneration: false,
    type: info.type,
  })
  addMeta(head, meta ?? {})
}
