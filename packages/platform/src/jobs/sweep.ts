import { jobEffects, jobRuns, outbox, rateCounters, throttles } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { lte } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** How long events stay after their reactions were started. */
const EVENT_DAYS = 7

/** How long finished jobs stay; longer than any of them may wait, be retried or lie with the dead letters. */
const RUN_DAYS = 30
const EFFECT_DAYS = 60

export const sweepJobs: JobDefinition<Record<string, never>> = {
  name: 'jobs.sweep',
  payload: z.strictObject({}),
  cron: '*/10 * * * *',
}

/** Removes what was kept only for a while, and ends the runs that no worker is on. */
export async function deleteOldRecords(ctx: Ctx): Promise<void> {
  const now = ctx.now()
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS)
  await ctx.jobs.admin.endLostRuns()
  await ctx.db.delete(outbox).where(lte(outbox.dispatchedAt, daysAgo(EVENT_DAYS)))
  await ctx.db.delete(jobRuns).where(lte(jobRuns.finishedAt, daysAgo(RUN_DAYS)))
  await ctx.db.delete(jobEffects).where(lte(jobEffects.createdAt, daysAgo(EFFECT_DAYS)))
  await ctx.db.delete(rateCounters).where(lte(rateCounters.expiresAt, now))
  await ctx.db.delete(throttles).where(lte(throttles.expiresAt, now))
}
