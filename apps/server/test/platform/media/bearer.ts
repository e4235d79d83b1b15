import { newApiToken } from '@galley/auth/api-tokens'
import type { Scope } from '@galley/contract/scopes'
import { apiTokens } from '@galley/db/schema'
import type { TestApp } from '../../app.ts'

export { bearer } from '../identity/tokens.ts'

/** A personal token of somebody. */
export async function tokenOf(
  { database }: Pick<TestApp, 'database'>,
  userId: string,
  scopes: Scope[],
): Promise<string> {
  const { token, hash: tokenHash, hint } = newApiToken()
  const expiresAt = new Date(Date.now() + 3_600_000)
  await database.db
    .insert(apiTokens)
    .values({ userId, name: 'A', tokenHash, hint, scopes, expiresAt })
  return token
}
