import { randomUUIDv7 } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

const requestIdShape = /^[\w.-]{8,64}$/
const traceparentShape =
  /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}(-|$)/

/** The caller's X-Request-Id where it is a plain token of 8 to 64 characters, else a UUIDv7. */
export function requestIdOf({ headers }: IncomingMessage) {
  const given = headers['x-request-id']
  return typeof given === 'string' && requestIdShape.test(given) ? given : randomUUIDv7()
}

/** The trace that a caller's `traceparent` names (W3C Trace Context, 3.2); undefined where it is absent or wrong. */
export function traceIdOf({ headers }: IncomingMessage) {
  const given = headers.traceparent
  return typeof given === 'string' ? traceparentShape.exec(given)?.[1] : undefined
}
