import type { AppError } from '@galley/core/errors'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isPagePath, isRestPath, isTrpcPath } from '../paths.ts'
import { errorBody, statusOf, trpcErrorBody } from './body.ts'
import { toKnown } from './known.ts'
import { errorPage } from './page.ts'
import { addChallenge, PROBLEM_TYPE, problemBody } from './problem.ts'
import { retryAfterHeader } from './retry-after.ts'

/**
 * Answers a failed request: in tRPC's shape under `/trpc`, as a problem under `/api/v1`, to a browser with a small
 * page, else in plain JSON.
 */
export function answerError(thrown: unknown, request: FastifyRequest, reply: FastifyReply) {
  const known = toKnown(thrown)
  const status = reply.statusCode >= 400 ? reply.statusCode : known.status
  log(known.error, request, status)
  return answer(known.error, status, request, reply)
}

/** Answers what a call has refused and logged itself. */
export function answerRefusal(error: AppError, request: FastifyRequest, reply: FastifyReply) {
  const status = reply.statusCode >= 400 ? reply.statusCode : statusOf(error)
  return answer(error, status, request, reply)
}

/** The same where the router gave up, before any hook could run. */
export function answerUnroutable(thrown: unknown, request: FastifyRequest, reply: FastifyReply) {
  const { server } = request
  server.setSecurityHeaders(reply.raw)
  const { error, status } = toKnown(thrown)
  log(error, request, status)
  reply.header('x-request-id', request.id)
  answer(error, status, request, reply, () => server.setNonce(reply.raw))
}

function answer(
  error: AppError,
  status: number,
  request: FastifyRequest,
  reply: FastifyReply,
  nonceOf = () => reply.nonce,
) {
  begin(error, status, reply)
  if (isRestPath(request.url)) return answerProblem(error, status, request, reply)
  if (wantsPage(request)) {
    return reply.type('text/html; charset=utf-8').send(errorPage(error, request.id, nonceOf()))
  }
  const body = isTrpcPath(request.url)
    ? trpcErrorBody(error, request.id, status)
    : errorBody(error, request.id)
  return reply.send(body)
}

function answerProblem(
  error: AppError,
  status: number,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  addChallenge(error, status, reply)
  return reply.type(PROBLEM_TYPE).send(problemBody(error, status, request))
}

const closing = new Set([408, 413, 503])

function begin(error: AppError, status: number, reply: FastifyReply) {
  reply.code(status).headers({ 'cache-control': 'no-store', ...retryAfterHeader([error]) })
  reply.removeHeader('content-encoding') // of a page that broke before its first byte
  // Some of the body may still be under way: no use reading on.
  if (closing.has(status)) reply.header('connection', 'close')
}

function log({ reason, cause }: AppError, { log }: FastifyRequest, status: number) {
  if (reason === 'server/internal') log.error({ reason, err: cause }, 'request failed')
  else if (status >= 500) log.warn({ reason, err: cause }, 'request not served')
  else log.info({ reason }, 'request refused')
}

function wantsPage({ method, url, headers }: FastifyRequest) {
  return method === 'GET' && isPagePath(url) && (headers.accept?.includes('text/html') ?? false)
}
