import type { JobDefinition } from '@galley/jobs/jobs'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'

/** Removes sessions and tokens that have expired; they no longer worked. */
export async function deleteExpiredSessions(ctx: Ctx): Promise<void> {
  const sessions = await ctx.sessions.deleteExpired(ctx.db)
  const tokens = await ctx.oneTimeTokens.deleteExpired(ctx.db)
  ctx.log.info({ sessions, tokens }, 'expired sessions and tokens deleted')
}

export const sweepSessions: JobDefinition<Record<string, never>> = {
  name: 'sessions.sweep',
  payload: z.strictObject({}),
  cron: '5 * * * *',
}
