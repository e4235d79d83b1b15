import { apiTokens, tokenFamilies } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { lte } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'

/** Removes tokens, families and keys that have expired; nothing depends on it. */
export async function deleteExpiredTokens(ctx: Ctx): Promise<void> {
  const now = ctx.now()
  await ctx.db.delete(apiTokens).where(lte(apiTokens.expiresAt, now))
  await ctx.db.delete(tokenFamilies).where(lte(tokenFamilies.expiresAt, now))
  await ctx.signingKeys.deleteExpired(ctx.db)
}

export type Nothing = Record<string, never>

export const sweepTokens: JobDefinition<Nothing> = {
  name: 'tokens.sweep',
  payload: z.strictObject({}),
  cron: '20 3 * * *',
}
