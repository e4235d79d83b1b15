import { z } from 'zod'
import { platformErrors } from './platform/errors.ts'
import { publishingErrors } from './publishing/errors.ts'

/**
 * Every way a call can fail, by its stable name. `code` is tRPC's word for the kind of failure and fixes the
 * HTTP status; `message` is shown to people. What the caller may not know of has the same reason as what is not there.
 */
export const errorReasons = { ...platformErrors, ...publishingErrors } as const

/** The shape of such a list. */
export type ErrorReasons = Record<string, { code: string; message: string }>

export type ErrorReason = keyof typeof errorReasons
export type ErrorCode = (typeof errorReasons)[ErrorReason]['code']

/** How many wrong fields an error names at most. */
export const MAX_FIELD_ERRORS = 20

const reasonNames = Object.keys(errorReasons) as [ErrorReason, ...ErrorReason[]]

/** One wrong field: `path` as in the input (`tags.2`), empty for the input as a whole. */
export const FieldError = z.object({ path: z.string(), message: z.string() })
export type FieldError = z.output<typeof FieldError>

/** What every failed call carries, in tRPC under `error.data`. */
export const ErrorData = z.object({
  code: z.string(),
  reason: z.enum(reasonNames),
  fields: z.array(FieldError).max(MAX_FIELD_ERRORS),
  requestId: z.string(),
  /** The trace that the request is part of (W3C Trace Context); absent where it is of none. */
  traceId: z.string().optional(),
})
export type ErrorData = z.output<typeof ErrorData>
