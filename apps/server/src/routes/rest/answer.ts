import type { RestOperation } from '@galley/api-tools/rest'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { etagOf, isKnown } from './etag.ts'
import type { RestRequest } from './input.ts'
import { addressOf, pageLinks } from './links.ts'

/** What this looks at of an answer, which the procedure's schema has made. */
const Answered = z.looseObject({
  version: z.number().optional().catch(undefined),
  page: z.object({ nextCursor: z.string().nullable() }).optional().catch(undefined),
})

/** What a procedure answered, in the words of HTTP. */
export function answerOperation(
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
  const answered = Answered.parse(data)
  const { version, page } = answered
  const etag = etagOf(body, version)
  // The answers of other writes are not what their address answers when it is read.
  if (method === 'GET' || method === 'PATCH' || status === 201) reply.header('etag', etag)
  if (rest.location) reply.header('location', addressOf(request, rest.location, answered))
  if (page) {
    const address = addressOf(request, path, request.params)
    reply.header('link', pageLinks(request, address, page.nextCursor))
  }
  if (method === 'GET' && isKnown(etag, request.headers['if-none-match'])) {
    return reply.code(304).send()
  }
  return reply.type('application/json; charset=utf-8').send(body)
}

/** Answers to a known caller are theirs alone; anybody's may be kept, but asked about each time. */
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
