import { TRPCError } from '@trpc/server'
import { type AnyTrpcOptions, configOf } from './options.ts'
import type { Plan } from './plan.ts'

export type Inputs = {
  /** The input of a call; all are parsed at the first read, and fail together. */
  read: (index: number) => unknown
  /** The same when it has been read, else nothing. */
  peek: (index: number) => unknown
}

/** The inputs of a request, parsed when a call asks for its own: a refusal before that never looks at them. */
export function inputsOf(plan: Plan, options: AnyTrpcOptions, isPost: boolean): Inputs {
  let inputs: unknown[] | undefined
  let failure: TRPCError | undefined
  return {
    read(index) {
      if (failure) throw failure
      try {
        inputs ??= parse(plan, options, isPost)
      } catch (cause) {
        failure = badRequest(cause)
        throw failure
      }
      return inputs[index]
    },
    peek: (index) => inputs?.[index],
  }
}

function parse({ json, isBatch, paths }: Plan, options: AnyTrpcOptions, isPost: boolean) {
  const { input } = configOf(options).transformer
  if (!isPost && !json) return []
  const sent: unknown = JSON.parse(json ?? '')
  if (!isBatch) return [input.deserialize(sent)]
  if (!isRecord(sent)) {
    throw new TRPCError({
      code: 'BAD_REQUEST',
      message: '"input" needs to be an object when doing a batch call',
    })
  }
  return paths.map((_path, index) =>
    sent[index] === undefined ? undefined : input.deserialize(sent[index]),
  )
}

const isRecord = (value: unknown): value is Record<number, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function badRequest(cause: unknown) {
  if (cause instanceof TRPCError) return cause
  const message = cause instanceof Error ? cause.message : 'Invalid input'
  return new TRPCError({ code: 'BAD_REQUEST', message, cause })
}
