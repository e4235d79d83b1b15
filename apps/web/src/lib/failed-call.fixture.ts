import { errorReasons, type ErrorReason, type FieldError } from '@galley/contract/errors'
import { TRPCClientError } from '@trpc/client'

/** The error of a call that the server refused for `reason`, as the client raises it. */
export function failedCall(reason: ErrorReason, fields: FieldError[] = []) {
  const { code, message } = errorReasons[reason]
  const data = { code, reason, fields, requestId: 'request-1', httpStatus: 400 }
  return TRPCClientError.from({ error: { code: -32600, message, data } })
}

/** The error of a call that got no response. */
export const lostCall = () => TRPCClientError.from(new TypeError('Failed to fetch'))
