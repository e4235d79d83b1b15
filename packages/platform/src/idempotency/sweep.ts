import { IDEMPOTENCY_HOURS } from '@galley/contract/platform/idempotency'
import { idempotencyKeys } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { lte } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'

export const sweepAnswers: JobDefinition<Record<string, never>> = {
  name: 'idempotency.sweep',
  payload: z.strictObject({}),
  cron: '35 * * * *',
}

/** Answers from then or before are given to nobody. */
export const oldestAnswer = (ctx: Ctx) =>
  new Date(ctx.now().getTime() - IDEMPOTENCY_HOURS * 60 * 60 * 1000)

/** Removes answers that are given to nobody any more; nothing depends on it. */
export async function deleteOldAnswers(ctx: Ctx): Promise<void> {
  await ctx.db.delete(idempotencyKeys).where(lte(idempotencyKeys.createdAt, oldestAnswer(ctx)))
}
