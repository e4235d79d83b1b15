import type { AppError } from '@galley/core/errors'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isPagePath, isTrpcPath } from '../paths.ts'
import { errorBody, trpcErrorBody } from './body.ts'
import { toKnown } from './known.ts'
import { errorPage } from './page.ts'
import { retryAfterHeader } from './retry-after.ts'

/** Answers a failed request: in tRPC's shape under `/trpc`, to a browser with a small page, else in plain JSON. */
export function answerError(thrown: unknown, request: FastifyRequest, reply: FastifyReply) {
  const { error, status } = begin(thrown, request, reply)
  if (wantsPage(request)) {
    return reply.type('text/html; charset=utf-8').send(errorPage(error, request.id, reply.nonce))
  }
  const body = isTrpcPath(request.url)
    ? trpcErrorBody(error, request.id, status)
    : errorBody(error, request.id)
  return reply.send(body)
}

/** Answers in plain JSON where the router gave up, before any hook could run. */
export function answerUnroutable(thrown: unknown, request: FastifyRequest, reply: FastifyReply) {
  request.server.setSecurityHeaders(request.raw, reply.raw)
  const { error } = begin(thrown, request, reply)
  reply.header('x-request-id', request.id).send(errorBody(error, request.id))
}

const closing = new Set([408, 413, 503])

function begin(thrown: unknown, request: FastifyRequest, reply: FastifyReply) {
  const known = toKnown(thrown)
  const status = reply.statusCode >= 400 ? reply.statusCode : known.status
  log(known.error, request, status)
  reply.code(status).headers({ 'cache-control': 'no-store', ...retryAfterHeader([known.error]) })
  reply.removeHeader('content-encoding') // of a page that broke before its first byte
  // Some of the body may still be under way: no use reading on.
  if (closing.has(status)) reply.header('connection', 'close')
  return { error: known.error, status }
}

function log({ reason, cause }: AppError, { log }: FastifyRequest, status: number) {
  if (reason === 'server/internal') log.error({ reason, err: cause }, 'request failed')
  else if (status >= 500) log.warn({ reason, err: cause }, 'request not served')
  else log.info({ reason }, 'request refused')
}

function wantsPage({ method, url, headers }: FastifyRequest) {
  return method === 'GET' && isPagePath(url) && (headers.accept?.includes('text/html') ?? false)
}
