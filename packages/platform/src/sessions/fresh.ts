import type { StepUpView } from '@galley/contract/platform/sessions'
import type { SessionCtx } from '../ctx.ts'
import { FRESH_MINUTES } from '../fresh.ts'

/** The person has just proved again who they are: sensitive actions are allowed for a while. */
export async function confirmSession(ctx: SessionCtx): Promise<StepUpView> {
  const confirmedAt = await ctx.sessions.confirm(ctx.db, ctx.actor.via.sessionId)
  return { until: new Date(confirmedAt.getTime() + FRESH_MINUTES * 60_000).toISOString() }
}
