import { ByRefreshToken, CreateTokenPair, TokenPair } from '@galley/contract/platform/tokens'
import { z } from 'zod'
import { toFields } from '../rest/fields.ts'
import type { RestOperation } from '../rest.ts'

/** What `/api/v1/auth` answers beside the procedures: no caller is known there yet. */
export const programOperations: RestOperation[] = [
  toOperation('auth.createTokens', '/auth/tokens', CreateTokenPair, TokenPair),
  toOperation('auth.refreshTokens', '/auth/refresh', ByRefreshToken, TokenPair),
  toOperation('auth.revokeTokens', '/auth/revoke', ByRefreshToken, z.object({})),
]

function toOperation(name: string, path: string, input: z.ZodType, output: z.ZodType) {
  const rest = { method: 'POST', path } as const
  return {
    name,
    ...rest,
    rest,
    status: 200,
    kind: 'mutation',
    input,
    output,
    fields: toFields(rest, input),
    meta: { access: 'public', scope: null, cost: 1 },
  } satisfies RestOperation
}
