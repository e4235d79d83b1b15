import type { ErrorReason } from '@galley/contract/errors'

/** A valid request, and the response to it. */
export type OperationExample = {
  summary: string
  path?: Record<string, string>
  query?: Record<string, string | number | boolean>
  headers?: Record<string, string>
  body?: unknown
  /** Absent where the response has no body. */
  response?: unknown
}

/** What no schema and no other part of `Meta` says of an operation. */
type OperationText = {
  summary: string
  description: string
  /** For which reasons of its own it may be refused, beside those that follow from what the procedure declares. */
  refusals?: ErrorReason[]
  examples: [OperationExample, ...OperationExample[]]
}

type SliceText = {
  /** What the slice is about: one sentence, the description of its tag. */
  about: string
  /** What fields of addresses mean, by their names, where they mean it in this slice only. */
  fields?: Record<string, string>
}

export type OperationDocs = OperationText & SliceText

/** The `meta.docs` of a slice's procedures, by their names. */
export const describeSlice = <Name extends string>(
  slice: SliceText,
  operations: Record<Name, OperationText>,
) =>
  Object.fromEntries(
    Object.entries<OperationText>(operations).map(([name, text]) => [name, { ...slice, ...text }]),
  ) as Record<Name, OperationDocs>

type Switch = {
  on: string
  off: string
  refusals: ErrorReason[]
  example: Pick<OperationExample, 'summary' | 'path' | 'response'>
}

/** Texts of two calls that put one thing on and take it off again. */
export const describeSwitch = ({ on, off, refusals, example }: Switch) => {
  const { response: _, ...withoutResponse } = example
  return {
    create: {
      summary: on,
      description: 'May be repeated: the second request changes nothing and returns the same.',
      refusals,
      examples: [example] as [OperationExample],
    },
    delete: {
      summary: off,
      description: 'May be repeated.',
      refusals,
      examples: [withoutResponse] as [OperationExample],
    },
  }
}
