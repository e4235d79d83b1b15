import {
  errorReasons,
  MAX_FIELD_ERRORS,
  type ErrorCode,
  type ErrorReason,
  type FieldError,
} from '@galley/contract/errors'
import { isConnectionError, isTransactionConflict, violatedConstraint } from '@galley/db/errors'
import { reasonOfConstraint } from '@galley/db/constraints'

type Details = { cause?: unknown; fields?: FieldError[]; retryAfterSeconds?: number }

/** A failure that the caller may know of: its reason fixes code, status and message; it names at most 20 fields. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly reason: ErrorReason
  readonly fields: FieldError[]
  readonly retryAfterSeconds: number | undefined

  constructor(reason: ErrorReason, { cause, fields = [], retryAfterSeconds }: Details = {}) {
    super(errorReasons[reason].message, { cause })
    this.code = errorReasons[reason].code
    this.reason = reason
    this.fields = fields.slice(0, MAX_FIELD_ERRORS)
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** The one place where an unknown error becomes one that may leave the process; its cause is for the log only. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  const reason = reasonOf(error)
  return new AppError(reason, {
    cause: error,
    ...(reason === 'server/unavailable' && { retryAfterSeconds: 1 }),
  })
}

function reasonOf(error: unknown): ErrorReason {
  if (isConnectionError(error) || isTransactionConflict(error)) return 'server/unavailable'
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined
  if (isReason(code)) return code
  if (code === 'ABORT_ERR' || code === DOMException.ABORT_ERR) return 'server/unavailable'
  return reasonOfConstraint(violatedConstraint(error) ?? '') ?? 'server/internal'
}

/** Adapters' errors carry the reason as their `code`: their classes are not known here, only their types. */
const isReason = (code: unknown): code is ErrorReason =>
  typeof code === 'string' && Object.hasOwn(errorReasons, code)

/** What a policy decides: `'ok'`, or the reason for which the act is refused. */
export type Decision = 'ok' | ErrorReason

/** For the `can` of views and for lists. */
export const isAllowed = (decision: Decision): boolean => decision === 'ok'

/** `'ok'` where all of them are, else the first refusal. */
export const allOf = (...decisions: Decision[]): Decision =>
  decisions.find((decision) => decision !== 'ok') ?? 'ok'

/** Throws the reason of a decision that is not `'ok'`. */
export function authorize(decision: Decision): void {
  if (decision !== 'ok') throw new AppError(decision)
}
