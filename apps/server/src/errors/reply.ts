import type { ErrorReason } from '@galley/contract/errors'
import { AppError, toAppError } from '@galley/platform/errors'
import { TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type CreateRefusal, errorHeaders } from './refusal.ts'
import { traceIdOf } from '../tracing/requests.ts'
import { renderError } from './render.ts'

/** Sends the response to a failed request, and logs why it failed. */
export function replyError(thrown: unknown, request: FastifyRequest, reply: FastifyReply) {
  const known = normalizeError(thrown)
  const status = reply.statusCode >= 400 ? reply.statusCode : known.status
  log(known.error, request, status)
  return send(known.error, status, request, reply)
}

/** Sends the response to what a call has refused and logged itself. */
export function replyRefusal(error: AppError, request: FastifyRequest, reply: FastifyReply) {
  const status = reply.statusCode >= 400 ? reply.statusCode : statusOf(error)
  return send(error, status, request, reply)
}

/** The same where the router gave up, before any hook could run. */
export const createUnroutableReply =
  (createRefusal: CreateRefusal) =>
  (thrown: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const { error, status } = normalizeError(thrown)
    log(error, request, status)
    const { headers, body } = createRefusal(error, { request, ...idsOf(request), status })
    reply.code(status).headers(headers).send(body)
  }

const closing = new Set([408, 413, 503])

function send(error: AppError, status: number, request: FastifyRequest, reply: FastifyReply) {
  const { 'www-authenticate': challenge, ...headers } = errorHeaders(error, status, request)
  reply.code(status).headers(headers)
  // What authentication has said of a token is more exact.
  if (challenge && !reply.hasHeader('www-authenticate')) reply.header('www-authenticate', challenge)
  reply.removeHeader('content-encoding') // of a page that broke before its first byte
  // Some of the body may still be on its way: there is no use in reading on.
  if (closing.has(status)) reply.header('connection', 'close')

  const { type, body } = renderError(error, {
    request,
    ...idsOf(request),
    status,
    publicOrigin: request.server.publicOrigin,
    nonceOf: () => reply.nonce,
  })
  return reply.type(type).send(body)
}

const idsOf = ({ id, raw }: FastifyRequest) => ({ requestId: id, traceId: traceIdOf(raw) })

function log({ reason, cause }: AppError, { log }: FastifyRequest, status: number) {
  if (reason === 'server/internal') log.error({ reason, err: cause }, 'request failed')
  else if (status >= 500 && reason !== 'server/maintenance')
    log.warn({ reason, err: cause }, 'request not served')
  else log.info({ reason }, 'request refused')
}

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
function normalizeError(thrown: unknown): { error: AppError; status: number } {
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
