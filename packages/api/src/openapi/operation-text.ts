import type { ErrorReason } from '@galley/contract/errors'

/** A request in order, and the answer to it. */
export type OperationExample = {
  summary: string
  path?: Record<string, string>
  query?: Record<string, string | number | boolean>
  headers?: Record<string, string>
  body?: unknown
  /** Absent where the answer has no body. */
  answer?: unknown
}

/** What the document says of an operation that no schema knows. */
export type OperationText = {
  summary: string
  description: string
  /** For which reasons of its own it may be refused, beside those that follow from what the procedure declares. */
  refusals?: ErrorReason[]
  examples: [OperationExample, ...OperationExample[]]
}
