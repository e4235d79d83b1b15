import { mira, refreshToken } from '../example-world.ts'
import type { OperationExample, OperationText } from '../operation-text.ts'

const { email, password } = mira

const pair: OperationExample['answer'] = {
  tokenType: 'Bearer',
  accessToken: 'eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJzdWIiOiJtaXJhIn0.c2lnbmF0dXJl',
  expiresIn: 600,
  refreshToken,
  refreshExpiresIn: 2_592_000,
}

export const programs: Record<string, OperationText> = {
  'auth.createTokens': {
    summary: 'Sign in as a program',
    description:
      'By the address and password of a person; with `code` where the account has a second factor. Credentials that come along count for nothing.',
    refusals: [
      'session/wrong-credentials',
      'session/wrong-code',
      'session/email-unverified',
      'session/throttled',
    ],
    examples: [{ summary: 'By password', body: { email, password }, answer: pair }],
  },
  'auth.refreshTokens': {
    summary: 'Get the next pair of tokens',
    description:
      'A refresh token works once. Used again after ten seconds it is in two hands, and the sign-in ends.',
    refusals: ['token/invalid'],
    examples: [{ summary: 'By refresh token', body: { refreshToken }, answer: pair }],
  },
  'auth.revokeTokens': {
    summary: 'Sign out as a program',
    description:
      'Ends the sign-in that the refresh token came from. Also right for an unknown one.',
    examples: [{ summary: 'By refresh token', body: { refreshToken }, answer: {} }],
  },
}
