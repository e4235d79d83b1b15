import { AppError } from '@galley/core/errors'

/** `Retry-After` (RFC 9110, 10.2.3) for the longest wait among `errors`; no header where none asks for one. */
export function retryAfterHeader(errors: unknown[]): { 'retry-after'?: string } {
  const waits = errors.flatMap((error) =>
    error instanceof AppError && error.retryAfterSeconds !== undefined
      ? [error.retryAfterSeconds]
      : [],
  )
  return waits.length > 0 ? { 'retry-after': String(Math.ceil(Math.max(...waits))) } : {}
}
