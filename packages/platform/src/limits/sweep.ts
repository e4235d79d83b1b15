import { rateCounters, throttles } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { lte } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'

export const sweepLimits: JobDefinition<Record<string, never>> = {
  name: 'limits.sweep',
  payload: z.strictObject({}),
  cron: '*/20 * * * *',
}

/** Removes counts of calls and attempts that limit nothing any more; nothing depends on it. */
export async function deleteExpiredLimits(ctx: Ctx): Promise<void> {
  const now = ctx.now()
  await ctx.db.delete(rateCounters).where(lte(rateCounters.expiresAt, now))
  await ctx.db.delete(throttles).where(lte(throttles.expiresAt, now))
}
