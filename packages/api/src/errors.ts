import type { ErrorData, FieldError } from '@galley/contract/errors'
import { AppError, toAppError } from '@galley/platform/errors'
import type { TRPCError } from '@trpc/server'
import { z } from 'zod'
import { shownName } from './sync-parsing.ts'

/** What the caller sees of an error raised by tRPC itself, by a parser or by the domain. */
export function toCallerError(error: TRPCError): AppError {
  const { cause } = error
  if (cause instanceof AppError) return cause
  switch (error.code) {
    case 'BAD_REQUEST':
      return cause instanceof z.ZodError
        ? new AppError('request/invalid', { cause, fields: fieldErrors(cause) })
        : new AppError('request/malformed', { cause: error })
    case 'PARSE_ERROR':
      return new AppError('request/malformed', { cause: error })
    case 'NOT_FOUND':
      return new AppError('route/not-found', { cause: error })
    case 'METHOD_NOT_SUPPORTED':
      return new AppError('route/method-not-allowed', { cause: error })
    case 'PAYLOAD_TOO_LARGE':
      return new AppError('request/too-large', { cause: error })
    case 'UNSUPPORTED_MEDIA_TYPE':
      return new AppError('request/unsupported-media-type', { cause: error })
    default:
      return toAppError(cause ?? error)
  }
}

/** The machine-readable half of an error, the same over every transport. */
export function errorData(
  { code, reason, fields }: AppError,
  { requestId, traceId }: Pick<ErrorData, 'requestId' | 'traceId'>,
): ErrorData {
  return { code, reason, fields, requestId, ...(traceId !== undefined && { traceId }) }
}

/** The wrong fields of a failed parse; an unknown field is named itself, as far as its name is no text by itself. */
export function fieldErrors(error: unknown): FieldError[] {
  if (!(error instanceof z.ZodError)) return []
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          path: [...issue.path, shownName(key)].join('.'),
          message: 'Unknown field.',
        }))
      : [{ path: issue.path.join('.'), message: issue.message }],
  )
}
