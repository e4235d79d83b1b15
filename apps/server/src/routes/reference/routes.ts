import { ByRefreshToken, CreateTokenPair, TokenPair } from '@galley/contract/tokens'
import { toJsonSchema } from './json-schema.ts'

/** What programs call outside tRPC: plain JSON in and out, errors as `{ code, reason, message, fields, requestId }`. */
export const listRoutes = () => [
  {
    method: 'POST',
    path: '/api/v1/auth/tokens',
    about: 'Sign-in of a program: an access token for ten minutes, a refresh token for 30 days.',
    input: toJsonSchema(CreateTokenPair, 'input'),
    output: toJsonSchema(TokenPair, 'output'),
  },
  {
    method: 'POST',
    path: '/api/v1/auth/refresh',
    about:
      'The next two. A refresh token works once; used again after ten seconds, it ends the sign-in.',
    input: toJsonSchema(ByRefreshToken, 'input'),
    output: toJsonSchema(TokenPair, 'output'),
  },
  {
    method: 'POST',
    path: '/api/v1/auth/revoke',
    about: 'Sign-out of the program. Also right for a token that is unknown.',
    input: toJsonSchema(ByRefreshToken, 'input'),
    output: { type: 'object' },
  },
  {
    method: 'GET',
    path: '/.well-known/jwks.json',
    about: 'The public keys of access tokens (RFC 7517).',
    input: null,
    output: { type: 'object' },
  },
]

export type RouteReference = ReturnType<typeof listRoutes>[number]
