import type { ByPasskey } from '@galley/contract/platform/passkeys'
import type { StepUpView } from '@galley/contract/platform/sessions'
import type { SessionCtx } from '../ctx.ts'
import { confirmSession } from '../sessions/step-up.ts'
import { checkPasskey, refusePasskey } from './internal.ts'

/** Step-up by one of the caller's own passkeys. */
export async function stepUpByPasskey(ctx: SessionCtx, input: ByPasskey): Promise<StepUpView> {
  const own = ctx.actor.user.id
  const { id } = await checkPasskey(ctx, input, 'session.step-up-refused')
  if (id !== own) return refusePasskey(ctx, own, 'session.step-up-refused')
  return confirmSession(ctx)
}
