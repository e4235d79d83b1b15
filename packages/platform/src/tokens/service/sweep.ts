import { apiTokens, tokenFamilies } from '@galley/db/schema'
import { lte } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'

/** Removes tokens, families and keys that have expired; nothing depends on it. */
export async function deleteExpiredTokens(ctx: Ctx): Promise<void> {
  const now = ctx.now()
  await ctx.db.delete(apiTokens).where(lte(apiTokens.expiresAt, now))
  await ctx.db.delete(tokenFamilies).where(lte(tokenFamilies.expiresAt, now))
  await ctx.signingKeys.deleteExpired(ctx.db)
}
