import type { RestOperation } from '../rest.ts'
import { headerRef, type Header, type Headers } from './document.ts'

const text = (description: string, example: string): Header => ({
  description,
  schema: { type: 'string', examples: [example] },
})

/** Headers of responses, by name. */
export const headers = {
  'Cache-Control': text('Who may keep the response, and for how long.', 'private, no-store'),
  Deprecation: text('Since when this is deprecated (RFC 9745).', '@1798675200'),
  ETag: text(
    'The validator of the response; for what has a version it begins with that.',
    '"3.Qm9vdHMgYW5kIGxlYXZlcw"',
  ),
  'Galley-Contract': text(
    'The version of the contract that the server speaks, as in the head of this document.',
    '1.59a2b92bd449',
  ),
  Link: text(
    'The pages beside this one (RFC 8288): next, first, and prev where it is known.',
    '<https://galley.example/api/v1/articles?cursor=abc>; rel="next"',
  ),
  Location: text(
    'The address of what was made.',
    'https://galley.example/api/v1/articles/0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b24',
  ),
  RateLimit: text(
    'What is left of each allowance, and for how many seconds. Not where shared caches may keep the response.',
    '"minute";r=597;t=60',
  ),
  'RateLimit-Policy': text('The allowances that the call counted against.', '"minute";q=600;w=60'),
  'Retry-After': {
    description: 'Seconds to wait before the next try.',
    schema: { type: 'integer', minimum: 0, examples: [30] },
  },
  Sunset: text('From when on this may be gone (RFC 8594).', 'Thu, 31 Dec 2026 00:00:00 GMT'),
  'WWW-Authenticate': text(
    'How to sign in, or what the token lacks (RFC 6750).',
    'Bearer error="invalid_token"',
  ),
  'X-Request-Id': text(
    'Of the request, also in the log of the server. Not where shared caches may keep the response.',
    'req-7f3a',
  ),
} as const satisfies Record<string, Header>

type Name = keyof typeof headers

/** References to headers by their names. */
export const pickHeaders = (...names: Name[]): Headers =>
  Object.fromEntries(names.map((name) => [name, headerRef(name)]))

/** Of responses that are charged to an allowance. */
const charged = ['Galley-Contract', 'RateLimit', 'RateLimit-Policy', 'X-Request-Id'] as const

export function successHeaders({ method, status, rest, meta }: RestOperation, isPage: boolean) {
  const tagged = method === 'GET' || method === 'PATCH' || status === 201
  return pickHeaders(
    'Cache-Control',
    ...charged,
    ...(tagged ? (['ETag'] as const) : []),
    ...(isPage ? (['Link'] as const) : []),
    ...(rest.location ? (['Location'] as const) : []),
    ...(meta.deprecated ? (['Deprecation', 'Sunset'] as const) : []),
  )
}

/** A 409 asks to wait only where the first request with the same key is still at work. */
export function refusalHeaders(status: number): Headers {
  if (status === 401 || status === 403) return pickHeaders('WWW-Authenticate', 'X-Request-Id')
  if (status === 409 || status === 429 || status === 503)
    return pickHeaders('Retry-After', 'X-Request-Id')
  return pickHeaders('X-Request-Id')
}
