import type { TokenView } from '@galley/contract/platform/tokens'
import { Scope } from '@galley/contract/scopes'
import type { apiTokens } from '@galley/db/schema'

/** What was a scope when the token was made may no longer be one. */
const isScope = (text: string): text is Scope => Scope.safeParse(text).success

export const toTokenView = (row: typeof apiTokens.$inferSelect): TokenView => ({
  id: row.id,
  name: row.name,
  hint: `gly_...${row.hint}`,
  scopes: row.scopes.filter(isScope),
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
})
