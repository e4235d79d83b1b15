import type { AppError } from '@galley/core/errors'
import { TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc'

/** The HTTP status of an error, the one that tRPC gives to its code. */
export const statusOf = ({ code }: AppError) => getHTTPStatusCodeFromError(new TRPCError({ code }))

/** The one shape of errors outside tRPC. */
export function errorBody({ code, reason, message, fields }: AppError, requestId: string) {
  return { code, reason, message, fields, requestId }
}

/** The same error as tRPC's clients expect it, for what is refused before tRPC sees it. */
export function trpcErrorBody(error: AppError, requestId: string, httpStatus: number) {
  const { code, reason, message, fields } = error
  const data = { code, httpStatus, reason, fields, requestId }
  return { error: { message, code: TRPC_ERROR_CODES_BY_KEY[code], data } }
}
