import { deleteInBatches } from '@galley/db/delete-in-batches'
import {
  apiTokens,
  idempotencyKeys,
  jobEffects,
  jobRuns,
  outbox,
  rateCounters,
  throttles,
  tokenFamilies,
} from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { lte, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from './ctx.ts'
import { oldestResult } from './idempotency/queries.ts'

// What has expired is refused already when it is used: the sweeps only make room, and may come late or twice.

type Sweep = JobDefinition<Record<string, never>>

const payload = z.strictObject({})

export const sweepSessions: Sweep = { name: 'sessions.sweep', payload, cron: '5 * * * *' }
export const sweepTokens: Sweep = { name: 'tokens.sweep', payload, cron: '20 3 * * *' }
export const sweepResults: Sweep = { name: 'idempotency.sweep', payload, cron: '35 * * * *' }
export const sweepLimits: Sweep = { name: 'limits.sweep', payload, cron: '*/10 * * * *' }
export const sweepJobs: Sweep = { name: 'jobs.sweep', payload, cron: '*/10 * * * *' }

export async function deleteExpiredSessions(ctx: Ctx): Promise<void> {
  const sessions = await ctx.sessions.deleteExpired(ctx.db)
  const tokens = await ctx.oneTimeTokens.deleteExpired(ctx.db)
  ctx.log.info({ sessions, tokens }, 'expired sessions and tokens deleted')
}

/** Tokens of API clients, and the keys that signed what has expired by now. */
export async function deleteExpiredTokens(ctx: Ctx): Promise<void> {
  const now = ctx.now()
  await deleteInBatches(ctx.db, apiTokens, lte(apiTokens.expiresAt, now))
  await deleteInBatches(ctx.db, tokenFamilies, lte(tokenFamilies.expiresAt, now))
  await ctx.signingKeys.deleteExpired(ctx.db)
}

/** Results of keyed calls that are returned to nobody any more. */
export async function deleteOldResults(ctx: Ctx): Promise<void> {
  await deleteInBatches(ctx.db, idempotencyKeys, lte(idempotencyKeys.createdAt, oldestResult(ctx)))
}

/** Counts of calls and attempts that limit nothing any more. */
export async function deleteExpiredLimits(ctx: Ctx): Promise<void> {
  const now = ctx.now()
  await deleteInBatches(ctx.db, rateCounters, lte(rateCounters.expiresAt, now))
  await deleteInBatches(ctx.db, throttles, lte(throttles.expiresAt, now))
}

const DAY_MS = 24 * 60 * 60 * 1000

/** How long events stay after their reactions were started. */
const EVENT_DAYS = 7

/** How long finished jobs stay; longer than any of them may wait, be retried or lie with the dead letters. */
const RUN_DAYS = 30
const EFFECT_DAYS = 60

/** Events and jobs that are done. Ends the runs that no worker is on. */
export async function deleteOldJobs(ctx: Ctx): Promise<void> {
  const daysAgo = (days: number) => new Date(ctx.now().getTime() - days * DAY_MS)
  await ctx.jobs.admin.endLostRuns()
  const eventsBefore = daysAgo(EVENT_DAYS)
  // No index has the time, which each event would have to be written to: the ids are in the order in which events happened.
  const isOld = sql`${outbox.id} < ${firstIdAt(eventsBefore)} and ${lte(outbox.dispatchedAt, eventsBefore)}`
  await deleteInBatches(ctx.db, outbox, isOld)
  await deleteInBatches(ctx.db, jobRuns, lte(jobRuns.finishedAt, daysAgo(RUN_DAYS)))
  await deleteInBatches(ctx.db, jobEffects, lte(jobEffects.createdAt, daysAgo(EFFECT_DAYS)))
}

/** Before every UUIDv7 that is made at that time (RFC 9562, 5.7). */
function firstIdAt(time: Date): string {
  const milliseconds = time.getTime().toString(16).padStart(12, '0')
  return `${milliseconds.slice(0, 8)}-${milliseconds.slice(8)}-7000-8000-000000000000`
}
