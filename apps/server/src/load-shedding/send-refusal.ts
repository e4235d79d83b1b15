import type { IncomingMessage, ServerResponse } from 'node:http'
import { AppError } from '@galley/platform/errors'
import type { CreateRefusal } from '../errors/refusal.ts'
import { requestIdOf } from '../trace.ts'

const STATUS = 503
const LONGEST_WAIT_SECONDS = 3
/** More of a body than this is not worth reading for a response that is known already. */
const MOST_UNREAD = 16 * 1024

/**
 * Sends 503 to a request that is not admitted. Without Fastify, since under overload most responses are this one: through
 * its hooks each would cost several times as much, taken from those who are served.
 */
export function sendRefusal(
  createRefusal: CreateRefusal,
  request: IncomingMessage,
  response: ServerResponse,
) {
  // Not the same for all, or they come back together.
  const retryAfterSeconds = 1 + Math.floor(Math.random() * LONGEST_WAIT_SECONDS)
  const error = new AppError('server/unavailable', { retryAfterSeconds })
  const about = { request, requestId: requestIdOf(request), status: STATUS }
  const { headers, body } = createRefusal(error, about)
  response.writeHead(STATUS, {
    ...headers,
    ...(hasLargeBody(request) && { connection: 'close' }),
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

function hasLargeBody({ headers }: IncomingMessage) {
  return (
    headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > MOST_UNREAD
  )
}
