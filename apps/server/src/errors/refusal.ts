import { CONTRACT_HEADER, contractHeader } from '@galley/contract/skew'
import { AppError } from '@galley/platform/errors'
import { allowedOrigins, grantFor } from '../plugins/cors.ts'
import type { Env } from '../env.ts'
import { isApiPath, isRestPath } from '../paths.ts'
import type { SecurityHeaders } from '../security-headers.ts'
import { type RefusedRequest, renderError } from './render.ts'

type RefusalEnv = Pick<Env, 'PUBLIC_ORIGIN' | 'CORS_ORIGINS'>

export type CreateRefusal = (
  error: AppError,
  about: {
    request: RefusedRequest
    requestId: string
    traceId?: string | undefined
    status: number
  },
) => { headers: Record<string, string>; body: string }

/**
 * Makes the whole response to a refused request where no hook of Fastify runs (the gate, the router, the socket's error
 * handler), with the headers that the hooks would set.
 */
export function createRefusals(env: RefusalEnv, security: SecurityHeaders): CreateRefusal {
  const allowed = allowedOrigins(env)
  const version = contractHeader()

  return (error, { request, requestId, traceId, status }) => {
    const headers: Record<string, string> = {
      ...security.headersFor(request.url ?? ''),
      ...corsHeaders(request, allowed),
    }
    const { type, body } = renderError(error, {
      request,
      requestId,
      traceId,
      status,
      publicOrigin: env.PUBLIC_ORIGIN,
      nonceOf() {
        const { nonce, policy } = security.createNonce()
        Object.assign(headers, policy)
        return nonce
      },
    })
    if (isApiPath(request.url ?? '')) headers[CONTRACT_HEADER] = version
    Object.assign(headers, errorHeaders(error, status, request), {
      'content-type': type,
      'content-length': String(Buffer.byteLength(body)),
      'x-request-id': requestId,
    })
    return { headers, body }
  }
}

/** What an error adds to the headers that every response has. */
export function errorHeaders(
  error: AppError,
  status: number,
  request: RefusedRequest,
): Record<string, string> {
  return {
    'cache-control': 'no-store',
    ...retryAfterHeader([error]),
    ...(isRestPath(request.url ?? '') && challenge(error, status)),
  }
}

/** `Retry-After` (RFC 9110, 10.2.3) for the longest wait among `errors`; no header where none asks for one. */
export function retryAfterHeader(errors: unknown[]): Record<string, string> {
  const waits = errors.flatMap((error) =>
    error instanceof AppError && error.retryAfterSeconds !== undefined
      ? [error.retryAfterSeconds]
      : [],
  )
  return waits.length > 0 ? { 'retry-after': String(Math.ceil(Math.max(...waits))) } : {}
}

/** How to sign in, with every 401 (RFC 9110, 11.6.1), or what the token lacks (RFC 6750, 3.1). */
function challenge({ reason }: AppError, status: number): Record<string, string> {
  if (reason === 'token/scope-missing') {
    return { 'www-authenticate': 'Bearer error="insufficient_scope"' }
  }
  return status === 401 ? { 'www-authenticate': 'Bearer realm="Galley"' } : {}
}

function corsHeaders(request: RefusedRequest, allowed: Set<string>): Record<string, string> {
  const grant = grantFor(request, allowed)
  if (!grant) return { vary: 'Origin' }
  return {
    vary: 'Origin',
    'access-control-allow-origin': grant.origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': grant.exposedHeaders.join(', '),
  }
}
