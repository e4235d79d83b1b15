import type { AppError } from '@galley/core/errors'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { pathOf } from '../paths.ts'

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

/** An error as programs read it under `/api/v1` (RFC 9457); `type` is the address of the page about it. */
export function problemBody(error: AppError, status: number, request: FastifyRequest) {
  const { code, reason, message, fields } = error
  const details = fields.map((field) => (field.path ? `${field.path}: ` : '') + field.message)
  return {
    type: `${request.server.publicOrigin}/api/problems/${reason}`,
    title: message,
    status,
    detail: details.join(' ') || message,
    ...instanceOf(request),
    code: status === 412 ? 'PRECONDITION_FAILED' : code,
    reason,
    fields,
    requestId: request.id,
  }
}

// An address that no URI may hold is not repeated.
function instanceOf({ url }: FastifyRequest) {
  const instance = pathOf(url)
  return /^(?:[\w\-.~!$&'()*+,;=:@/]|%[\da-f]{2})*$/i.test(instance) ? { instance } : {}
}

/** How to sign in, with every 401 (RFC 9110, 11.6.1), or what the token lacks (RFC 6750, 3.1). */
export function addChallenge({ reason }: AppError, status: number, reply: FastifyReply) {
  if (reason === 'token/scope-missing') {
    reply.header('www-authenticate', 'Bearer error="insufficient_scope"')
  } else if (status === 401 && !reply.hasHeader('www-authenticate')) {
    reply.header('www-authenticate', 'Bearer realm="Galley"')
  }
}
