import type { RestOperation } from '@galley/api-tools/rest'
import type { FastifyReply } from 'fastify'
import { etagOf, isKnown } from './etag.ts'
import { REVALIDATED } from '../../plugins/public-answers.ts'
import type { PublicAnswer } from '../../public-reads.ts'
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
  addCacheHeaders(operation, request, reply)
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
    reply.header('link', linkOf(path, nextCursor, request))
  }
  if (method === 'GET' && isKnown(etag, request.headers['if-none-match'])) {
    return reply.code(304).send()
  }
  return reply.type(TYPE).send(body)
}

/** Sends what is kept of an operation's answers, as `replyOperation` would. */
export function replyPublic(
  operation: RestOperation,
  { nextCursor, ...answer }: PublicAnswer,
  request: RestRequest,
  reply: FastifyReply,
) {
  const headers = {
    'content-type': TYPE,
    vary: varyOf(reply),
    ...deprecationHeaders(operation),
    ...(nextCursor !== undefined && { link: linkOf(operation.path, nextCursor, request) }),
  }
  return request.server.sendPublicAnswer(reply, { ...answer, procedure: operation.name, headers })
}

/** `Deprecation` (RFC 9745) and `Sunset` (RFC 8594) of what is to go. */
export function deprecationHeaders({
  meta: { deprecated },
}: RestOperation): Record<string, string> {
  if (!deprecated) return {}
  return {
    deprecation: `@${Date.parse(deprecated.since) / 1000}`,
    sunset: new Date(deprecated.sunset).toUTCString(),
  }
}

const TYPE = 'application/json; charset=utf-8'

const linkOf = (path: string, nextCursor: string | null, request: RestRequest) =>
  pageLinks(request, addressOf(request, path, request.params), nextCursor)

// A schema would copy all of it, to read two fields that the procedure's own has made.
const fieldsOf = (data: unknown): Record<string, unknown> => Object(data)

/** Responses to a known caller are theirs alone; others may be kept, but have to be validated each time, or soon. */
function addCacheHeaders({ meta }: RestOperation, request: RestRequest, reply: FastifyReply) {
  const { method, headers, sessionToken } = request
  const isRead = method === 'GET' || method === 'HEAD'
  const isPublic = isRead && headers.authorization === undefined && sessionToken === undefined
  reply.headers({
    'cache-control': isPublic ? REVALIDATED : 'private, no-store',
    vary: varyOf(reply),
    ...(meta.publicRead && request.server.sharedHeadersOf(request)),
  })
}

const varyOf = (reply: FastifyReply) =>
  `${String(reply.getHeader('vary') ?? 'Origin')}, Authorization, Cookie`
