import type { StepUpView } from '@galley/contract/sessions'
import type { SessionCtx } from '../ctx.ts'

/** How long a sign-in or a step-up counts as fresh (OWASP ASVS 5.0 V7.5). */
export const FRESH_MINUTES = 10

/** The person has just proved again who they are: sensitive actions are allowed for a while. */
export async function confirmSession(ctx: SessionCtx): Promise<StepUpView> {
  const confirmedAt = await ctx.sessions.confirm(ctx.actor.via.sessionId)
  return { until: new Date(confirmedAt.getTime() + FRESH_MINUTES * 60_000).toISOString() }
}
