import type { IncomingMessage, ServerResponse } from 'node:http'
import { AppError } from '@galley/core/errors'
import { allowedOrigins } from '../allowed-origins.ts'
import type { Env } from '../env.ts'
import { errorBody, trpcErrorBody } from '../errors/body.ts'
import { errorPage } from '../errors/page.ts'
import { isApiPath, isPagePath, isRestPath, isTrpcPath } from '../paths.ts'
import { requestIdOf } from '../trace.ts'

const STATUS = 503
const LONGEST_WAIT_SECONDS = 3
/** More of a body than this is not worth reading for an answer that is known already. */
const MOST_UNREAD = 16 * 1024

type RefusalEnv = Pick<Env, 'NODE_ENV' | 'PUBLIC_ORIGIN' | 'CORS_ORIGINS'>

const always = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

/**
 * Answers a request that is not let in, in the shape of the door that it knocked at, with the headers that every
 * answer has. By hand, since under overload most answers are this one: through Fastify's hooks it would cost several
 * times as much, taken from those who are served.
 */
export function createRefusal(env: RefusalEnv) {
  const allowed = allowedOrigins(env)
  const security =
    env.NODE_ENV === 'production'
      ? { ...always, 'strict-transport-security': 'max-age=31536000' }
      : always

  return (request: IncomingMessage, response: ServerResponse) => {
    const requestId = requestIdOf(request)
    const { type, body } = bodyOf(request, requestId, env.PUBLIC_ORIGIN)
    response.writeHead(STATUS, {
      ...security,
      ...corsHeaders(request, allowed),
      ...(hasLargeBody(request) && { connection: 'close' }),
      'content-type': type,
      'content-length': String(Buffer.byteLength(body)),
      // Not the same for all, or they come back together.
      'retry-after': String(1 + Math.floor(Math.random() * LONGEST_WAIT_SECONDS)),
      'x-request-id': requestId,
    })
    response.end(request.method === 'HEAD' ? undefined : body)
  }
}

function bodyOf(request: IncomingMessage, requestId: string, origin: string) {
  const error = new AppError('server/unavailable')
  const { url = '/' } = request
  const json = (body: object) => ({
    type: 'application/json; charset=utf-8',
    body: JSON.stringify(body),
  })
  if (isTrpcPath(url)) return json(trpcErrorBody(error, requestId, STATUS))
  if (isRestPath(url)) {
    const { code, reason, message: title, fields } = error
    const type = `${origin}/api/problems/${reason}`
    const problem = { type, title, status: STATUS, detail: title, code, reason, fields, requestId }
    return { type: 'application/problem+json; charset=utf-8', body: JSON.stringify(problem) }
  }
  const wantsPage = isPagePath(url) && request.headers.accept?.includes('text/html')
  if (!wantsPage) return json(errorBody(error, requestId))
  return { type: 'text/html; charset=utf-8', body: errorPage(error, requestId, '') }
}

/** So that a page of another origin can read when to come back. */
function corsHeaders({ url = '/', headers: { origin } }: IncomingMessage, allowed: Set<string>) {
  if (!isApiPath(url) || origin === undefined || !allowed.has(origin)) return { vary: 'Origin' }
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'retry-after, x-request-id',
  }
}

function hasLargeBody({ headers }: IncomingMessage) {
  return (
    headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > MOST_UNREAD
  )
}
