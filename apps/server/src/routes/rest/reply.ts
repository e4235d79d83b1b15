import type { RestOperation } from '@galley/api-tools/rest'
import type { FastifyReply } from 'fastify'
import { etagOf, isKnown } from './etag.ts'
import type { RestRequest } from './input.ts'
import { addressOf, pageLinks } from './links.ts'

/** Sends what a procedure returned, with the status and the headers that say the same in HTTP. */
export function replyOperation(
  operation: RestOperation,
  data: unknown,
  request: RestRequest,
  reply: FastifyReply,
) {
  const { method, path, status, rest } = operation
  addCacheHeaders(request, reply)
  reply.code(status)
  if (status === 204) return reply.send()

  const body = JSON.stringify(data)
  const output = fieldsOf(data)
  const etag = etagOf(body, typeof output.version === 'number' ? output.version : undefined)
  // The responses of other writes are not what a read of their address returns.
  if (method === 'GET' || method === 'PATCH' || status === 201) reply.header('etag', etag)
  if (rest.location) reply.header('location', addressOf(request, rest.location, output))
  const { nextCursor } = fieldsOf(output.page)
  if (nextCursor === null || typeof nextCursor === 'string') {
    const address = addressOf(request, path, request.params)
    reply.header('link', pageLinks(request, address, nextCursor))
  }
  if (method === 'GET' && isKnown(etag, request.headers['if-none-match'])) {
    return reply.code(304).send()
  }
  return reply.type('application/json; charset=utf-8').send(body)
}

// A schema would copy all of it, to read two fields that the procedure's own has made.
const fieldsOf = (data: unknown): Record<string, unknown> => Object(data)

/** Responses to a known caller are theirs alone; others may be kept, but have to be validated each time. */
function addCacheHeaders(request: RestRequest, reply: FastifyReply) {
  const { method, headers, sessionToken } = request
  const isRead = method === 'GET' || method === 'HEAD'
  const isPublic = isRead && headers.authorization === undefined && sessionToken === undefined
  const vary = String(reply.getHeader('vary') ?? 'Origin')
  reply.headers({
    'cache-control': isPublic ? 'public, max-age=0, must-revalidate' : 'private, no-store',
    vary: `${vary}, Authorization, Cookie`,
  })
}
