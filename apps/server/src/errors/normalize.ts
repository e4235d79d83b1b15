import type { ErrorReason } from '@galley/contract/errors'
import { AppError, toAppError } from '@galley/platform/errors'
import { TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'

/** What the errors of Fastify and its plugins mean, by the status that they carry. */
const reasonByStatus: Record<number, ErrorReason> = {
  400: 'request/malformed',
  403: 'route/not-found',
  404: 'route/not-found',
  405: 'route/method-not-allowed',
  408: 'request/timeout',
  413: 'request/too-large',
  414: 'request/too-large',
  415: 'request/unsupported-media-type',
  503: 'server/unavailable',
}

/** Any thrown value as an error that may leave the process, and the status of its response. */
export function normalizeError(thrown: unknown): { error: AppError; status: number } {
  const error = fromFastify(thrown) ?? toAppError(thrown)
  return { error, status: statusInside(thrown) ?? statusOf(error) }
}

/** The HTTP status of an error, the one that tRPC gives to its code. */
export const statusOf = ({ code }: AppError) => getHTTPStatusCodeFromError(new TRPCError({ code }))

function fromFastify(thrown: unknown) {
  const reason = reasonByStatus[statusInside(thrown) ?? 0]
  if (!reason) return undefined
  const isUnavailable = reason === 'server/unavailable'
  return new AppError(reason, { cause: thrown, ...(isUnavailable && { retryAfterSeconds: 1 }) })
}

function statusInside(thrown: unknown) {
  if (!(thrown instanceof Error) || thrown instanceof AppError) return undefined
  if (!('statusCode' in thrown) || typeof thrown.statusCode !== 'number') return undefined
  return thrown.statusCode in reasonByStatus ? thrown.statusCode : undefined
}
