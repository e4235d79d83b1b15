import { randomUUIDv7 } from 'node:crypto'
import { ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { ErrorReason } from '@galley/contract/errors'
import { AppError } from '@galley/core/errors'
import { errorBody } from './body.ts'

const statusByCode: Record<string, number> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
}

const reasonByStatus: Record<number, ErrorReason> = {
  408: 'request/timeout',
  431: 'request/too-large',
}

/** Answers bytes that are no HTTP request, too large a head or too slow a sender, and closes the connection. */
export function answerClientError({ code }: { code: string }, socket: Socket) {
  if (code === 'ECONNRESET' || !socket.writable) return
  if (isAnswering(socket)) return socket.destroySoon()
  const status = statusByCode[code] ?? 400
  const requestId = randomUUIDv7()
  const error = new AppError(reasonByStatus[status] ?? 'request/malformed')
  const body = JSON.stringify(errorBody(error, requestId))
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'connection: close',
    'cache-control: no-store',
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    "content-security-policy: default-src 'none';frame-ancestors 'none'",
    'x-content-type-options: nosniff',
    'referrer-policy: strict-origin-when-cross-origin',
    'cross-origin-opener-policy: same-origin',
    `x-request-id: ${requestId}`,
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

// As Node itself does it: a second answer would be taken for that of the next request.
function isAnswering(socket: Socket) {
  const current: unknown = Reflect.get(socket, '_httpMessage')
  return current instanceof ServerResponse && current.headersSent
}
