import { getTRPCErrorFromUnknown, TRPCError } from '@trpc/server'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Options } from './options.ts'
import { type Plan, type PlannedCall, typeOf } from './plan.ts'
import { callProcedure } from './procedure.ts'

/** A request whose calls may run. */
export type Work = {
  plan: Plan
  request: FastifyRequest
  options: Options
  context: object
  signal: AbortSignal
  inputs: Inputs
}

export type Outcome = { error: TRPCError } | { error?: undefined; data: unknown }

/** Runs one call; never rejects, unless `onError` throws. */
export async function runCall(call: PlannedCall, index: number, work: Work): Promise<Outcome> {
  const { context: ctx, options, request, signal, inputs } = work
  const { path, procedure } = call
  try {
    if (!procedure) {
      throw new TRPCError({ code: 'NOT_FOUND', message: `No procedure found on path "${path}"` })
    }
    // eslint-disable-next-line typescript/require-await -- a bad input must be a rejection
    const getRawInput = async () => inputs.read(index)
    return {
      data: await callProcedure(procedure, {
        path,
        getRawInput,
        ctx,
        type: procedure._def.type,
        signal,
        batchIndex: index,
      }),
    }
  } catch (cause) {
    const error = getTRPCErrorFromUnknown(cause)
    const type = typeOf(call)
    options.onError?.({ error, path, input: inputs.peek(index), ctx, type, req: request })
    return { error }
  }
}

type Inputs = {
  /** The input of a call; all are parsed at the first read, and fail together. */
  read: (index: number) => unknown
  /** The same when it has been read, else nothing. */
  peek: (index: number) => unknown
}

/** The inputs of a request, parsed when a call asks for its own: a refusal before that never looks at them. */
export function inputsOf(plan: Plan, isPost: boolean): Inputs {
  let inputs: unknown[] | undefined
  let failure: TRPCError | undefined
  return {
    read(index) {
      if (failure) throw failure
      try {
        inputs ??= parse(plan, isPost)
      } catch (cause) {
        failure = badRequest(cause)
        throw failure
      }
      return inputs[index]
    },
    peek: (index) => inputs?.[index],
  }
}

function parse({ json, isBatch, calls }: Plan, isPost: boolean) {
  if (!isPost && !json) return []
  const sent: unknown = JSON.parse(json ?? '')
  if (!isBatch) return [sent]
  if (isRecord(sent)) return calls.map((_call, index) => sent[index])
  const message = '"input" needs to be an object when doing a batch call'
  throw new TRPCError({ code: 'BAD_REQUEST', message })
}

const isRecord = (value: unknown): value is Record<number, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function badRequest(cause: unknown) {
  if (cause instanceof TRPCError) return cause
  const message = cause instanceof Error ? cause.message : 'Invalid input'
  return new TRPCError({ code: 'BAD_REQUEST', message, cause })
}

/**
 * Works on a response with a signal that aborts when the exchange ends first: the caller is gone, or another part has
 * responded, such as a time limit. Fastify's own `request.signal` is no such signal: for a request with
 * a body it aborts as soon as the body was read (fastify#6725).
 */
export async function whileOpen<Result>(
  { raw }: FastifyReply,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController()
  const abort = () => controller.abort()
  if (raw.destroyed) abort()
  raw.once('close', abort)
  try {
    return await work(controller.signal)
  } finally {
    raw.off('close', abort)
  }
}
