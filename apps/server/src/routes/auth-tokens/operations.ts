import { toOperation, type RestOperation } from '@galley/api-tools/rest'
import { describeSlice, type OperationDocs } from '@galley/api/docs'
import { mira } from '@galley/api/routers/platform/users.docs'
import { ByRefreshToken, CreateTokenPair, TokenPair } from '@galley/contract/platform/tokens'
import { z } from 'zod'

/** Of Mira's API client. Neither was ever given. */
export const examplePassword = 'seventeen blue herons'
export const exampleRefreshToken = 'glr_k3mZ0sQ7yVtB2nXa9cLr5eWd8fHj1gUp4oIi6bYqTzM'

const examplePair: TokenPair = {
  tokenType: 'Bearer',
  accessToken: 'eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJzdWIiOiJtaXJhIn0.c2lnbmF0dXJl',
  expiresIn: 600,
  refreshToken: exampleRefreshToken,
  refreshExpiresIn: 2_592_000,
}

const docs = describeSlice(
  {
    about:
      'Sign-in of API clients: access tokens that live for ten minutes, refresh tokens that work once.',
  },
  {
    createTokens: {
      summary: 'Sign in as an API client',
      description:
        'By the address and password of a person; with `code` where the account has a second factor. Credentials that come along count for nothing.',
      refusals: [
        'session/wrong-credentials',
        'session/wrong-code',
        'session/email-unverified',
        'session/throttled',
      ],
      examples: [
        {
          summary: 'By password',
          body: { email: mira.email, password: examplePassword },
          response: examplePair,
        },
      ],
    },
    refreshTokens: {
      summary: 'Get the next pair of tokens',
      description:
        'A refresh token works once. Used again after ten seconds it is in two hands, and the sign-in ends.',
      refusals: ['token/invalid'],
      examples: [
        {
          summary: 'By refresh token',
          body: { refreshToken: exampleRefreshToken },
          response: examplePair,
        },
      ],
    },
    revokeTokens: {
      summary: 'Sign out as an API client',
      description:
        'Ends the sign-in that the refresh token came from. Also right for an unknown one.',
      examples: [
        {
          summary: 'By refresh token',
          body: { refreshToken: exampleRefreshToken },
          response: {},
        },
      ],
    },
  },
)

/** What `/api/v1/auth` offers beside the procedures: no caller is known there yet. */
export const authTokenOperations: RestOperation[] = [
  operation('createTokens', '/auth/tokens', CreateTokenPair, TokenPair, docs.createTokens),
  operation('refreshTokens', '/auth/refresh', ByRefreshToken, TokenPair, docs.refreshTokens),
  operation('revokeTokens', '/auth/revoke', ByRefreshToken, z.object({}), docs.revokeTokens),
]

function operation(
  name: string,
  path: string,
  input: z.ZodType,
  output: z.ZodType,
  docs: OperationDocs,
) {
  const rest = { method: 'POST', path } as const
  const meta = { access: 'public', scope: null, cost: 1, docs } as const
  return toOperation({ name: `auth.${name}`, kind: 'mutation', rest, meta, input, output })
}
