import { isTRPCClientError, TRPCClientError } from '@trpc/client'
import type { FieldError } from './api.gen.ts'
import type { GalleyError, GalleyReason } from './failure.ts'
import type { AppRouter } from './router.ts'

type Details = {
  message: string
  fields?: FieldError[]
  requestId?: string | undefined
  traceId?: string | undefined
  status?: number
  retryAfterSeconds?: number
  cause?: unknown
}

/** A `GalleyError`, and to tRPC's tools one of theirs. */
export class CallError<Reason extends GalleyReason = GalleyReason>
  extends TRPCClientError<AppRouter>
  implements GalleyError<Reason>
{
  override readonly name = 'GalleyError'
  readonly reason: Reason
  readonly fields: FieldError[]
  readonly requestId: string | undefined
  readonly traceId: string | undefined
  readonly status: number | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(reason: Reason, details: Details, from?: TRPCClientError<AppRouter>) {
    const { message, fields = [], requestId, traceId, status, retryAfterSeconds, cause } = details
    const known = cause instanceof Error ? cause : undefined
    super(message, {
      ...(from?.shape && { result: { error: from.shape } }),
      ...(from?.meta && { meta: from.meta }),
      ...(known && { cause: known }),
    })
    Object.setPrototypeOf(this, new.target.prototype) // which the class of tRPC has set to its own
    this.reason = reason
    this.fields = fields
    this.requestId = requestId
    this.traceId = traceId
    this.status = status
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** Any failure of a call as a `GalleyError`. */
export function toGalleyError(thrown: unknown): CallError {
  if (thrown instanceof CallError) return thrown
  const error = asCallError(thrown)
  const { message, data, cause } = error
  const response = error.meta?.['response']
  const details = response instanceof Response ? detailsOf(response) : undefined
  if (!data?.reason) {
    const reason = details ? 'client/unexpected-answer' : 'client/unreachable'
    return new CallError(reason, { message, cause, ...details }, error)
  }
  const { reason, fields, requestId, traceId, httpStatus: status } = data
  return new CallError(reason, { message, ...details, fields, requestId, traceId, status }, error)
}

/** What the head of a response says about the failure. */
export function detailsOf({ status, headers }: Response) {
  const wait = retryAfterMs(headers)
  const requestId = headers.get('x-request-id') ?? undefined
  return { status, requestId, ...(wait !== undefined && { retryAfterSeconds: wait / 1000 }) }
}

const asCallError = (thrown: unknown): TRPCClientError<AppRouter> =>
  isTRPCClientError<AppRouter>(thrown)
    ? thrown
    : TRPCClientError.from(thrown instanceof Error ? thrown : new Error(String(thrown)))

/** How long a response asks to wait (RFC 9110, 10.2.3: seconds or a date), in milliseconds; undefined where it does not. */
function retryAfterMs(headers: Pick<Headers, 'get'>): number | undefined {
  const value = headers.get('retry-after')
  if (value === null) return undefined
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now()
  return Number.isNaN(ms) ? undefined : Math.max(0, ms)
}
