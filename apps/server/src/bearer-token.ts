import type { FastifyRequest } from 'fastify'

/**
 * The token in `Authorization: Bearer` (RFC 6750, 2.1), undefined where the request brings none. A header without a
 * scheme was meant to be one, and is the empty token. Other schemes belong to a proxy in front, which asks for a
 * password of its own.
 */
export function bearerTokenOf({ headers }: FastifyRequest): string | undefined {
  const [scheme = '', ...rest] = (headers.authorization ?? '').split(' ')
  if (scheme === '') return undefined
  if (scheme.toLowerCase() === 'bearer') return rest.join(' ').trim()
  return rest.length === 0 ? '' : undefined
}
