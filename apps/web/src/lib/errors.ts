import type { AppRouter } from '@galley/api/root'
import type { ErrorReason } from '@galley/contract/errors'
import { isTRPCClientError } from '@trpc/client'

const isCallError = (error: unknown) => isTRPCClientError<AppRouter>(error)

/** The stable name of a failure; undefined when no answer of the API came (offline, timeout). */
export function reasonOf(error: unknown): ErrorReason | undefined {
  return isCallError(error) ? error.data?.reason : undefined
}

export function fieldsOf(error: unknown): { path: string; message: string }[] {
  return isCallError(error) ? (error.data?.fields ?? []) : []
}

/** The HTTP status of a failed call; undefined when no answer came. */
export function statusOf(error: unknown): number | undefined {
  return isCallError(error) ? error.data?.httpStatus : undefined
}

/** The id under which the server logged the failed request. */
export function requestIdOf(error: unknown): string | undefined {
  return isCallError(error) ? error.data?.requestId : undefined
}

/** A failure of this page itself, in words for its reader. */
export class ShownError extends Error {
  override readonly name = 'ShownError'
}

/** What to tell a person: the server's own sentence, or that it could not be reached. */
export function messageOf(error: unknown): string {
  if (error instanceof ShownError) return error.message
  if (!isCallError(error)) return 'Something went wrong in this page. Reload it and try again.'
  if (!error.data) return 'The server could not be reached. Check the connection and try again.'
  if (error.data.reason === 'server/internal') {
    return 'Something went wrong on the server. It has been recorded; try again in a moment.'
  }
  return error.message
}
