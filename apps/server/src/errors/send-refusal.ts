import { randomUUIDv7 } from 'node:crypto'
import { type IncomingMessage, ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { ErrorReason } from '@galley/contract/errors'
import { AppError } from '@galley/platform/errors'
import { requestIdOf } from '../request-headers.ts'
import { traceIdOf } from '../tracing/requests.ts'
import type { CreateRefusal } from './refusal.ts'

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
  const requestId = requestIdOf(request)
  const about = { request, requestId, traceId: traceIdOf(request), status: STATUS }
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

const statusByCode: Record<string, number> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
}

const reasonByStatus: Record<number, ErrorReason> = {
  408: 'request/timeout',
  431: 'request/too-large',
}

/** What follows bytes that are no HTTP request, too large a head or too slow a sender: a refusal and the end of the connection. */
export const createClientErrorHandler =
  (createRefusal: CreateRefusal) =>
  ({ code }: { code: string }, socket: Socket) => {
    if (code === 'ECONNRESET' || !socket.writable) return
    if (hasResponse(socket)) return socket.destroySoon()
    const status = statusByCode[code] ?? 400
    const error = new AppError(reasonByStatus[status] ?? 'request/malformed')
    const { headers, body } = createRefusal(error, {
      request: { headers: {} },
      requestId: randomUUIDv7(),
      status,
    })
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'connection: close',
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ]
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
  }

// As Node itself does it: a second response would be taken for that of the next request.
function hasResponse(socket: Socket) {
  const current: unknown = Reflect.get(socket, '_httpMessage')
  return current instanceof ServerResponse && current.headersSent
}
