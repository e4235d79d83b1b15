import type { AppRouter } from '@galley/api/root'
import type { ErrorReason } from '@galley/contract/errors'
import { isTRPCClientError } from '@trpc/client'
import { isOffline, offlineMessage } from './connection.ts'

const isCallError = (error: unknown) => isTRPCClientError<AppRouter>(error)

/** The stable name of a failure; undefined when no response of the API came (offline, timeout). */
export function reasonOf(error: unknown): ErrorReason | undefined {
  return isCallError(error) ? error.data?.reason : undefined
}

export function fieldsOf(error: unknown): { path: string; message: string }[] {
  return isCallError(error) ? (error.data?.fields ?? []) : []
}

/** The HTTP status of a failed call; undefined when no response came. */
export function statusOf(error: unknown): number | undefined {
  return isCallError(error) ? error.data?.httpStatus : undefined
}

/** The id under which the server logged the failed request. */
export function requestIdOf(error: unknown): string | undefined {
  return isCallError(error) ? error.data?.requestId : undefined
}

/** The trace that it was part of, if any. */
export function traceIdOf(error: unknown): string | undefined {
  return isCallError(error) ? error.data?.traceId : undefined
}

/** A failure of this page itself, in words for its reader. */
export class ShownError extends Error {
  override readonly name = 'ShownError'
}

/** What to tell a person: the server's own sentence, or that it could not be reached. */
export function messageOf(error: unknown): string {
  if (error instanceof ShownError) return error.message
  if (!isCallError(error)) return 'Something went wrong in this page. Reload it and try again.'
  if (!error.data && isOffline()) return offlineMessage
  if (!error.data) return 'The server could not be reached. Check the connection and try again.'
  if (error.data.reason === 'server/internal') {
    return 'Something went wrong on the server. It has been logged. Try again in a moment.'
  }
  return withWait(error)
}

const throttled: (ErrorReason | undefined)[] = ['session/throttled', 'request/rate-limited']

/** `Too many attempts. Try again in 12 minutes.`: as long as the response asked to wait. */
function withWait(error: { message: string }) {
  const seconds = 'retryAfterSeconds' in error ? Number(error.retryAfterSeconds) : NaN
  return throttled.includes(reasonOf(error)) ? sayWhen(error.message, seconds) : error.message
}

/** The message of a throttled call with the time to wait, as far as that is known. */
export const sayWhen = (message: string, seconds: number) =>
  seconds > 0 ? message.replace(/Try again later\.$/, `Try again in ${waitOf(seconds)}.`) : message

/** `40 seconds`, `12 minutes`, `2 hours`: rounded up, so that it is over by then. */
export function waitOf(seconds: number): string {
  if (seconds < 60) return count(Math.ceil(seconds), 'second')
  if (seconds < 3600) return count(Math.ceil(seconds / 60), 'minute')
  return count(Math.ceil(seconds / 3600), 'hour')
}

const count = (number: number, unit: string) => `${number} ${unit}${number === 1 ? '' : 's'}`
