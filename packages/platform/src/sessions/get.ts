import type { SessionView } from '@galley/contract/platform/sessions'
import type { Ctx } from '../ctx.ts'
import { toCurrentUser } from '../current-user.ts'

/** Who the caller is. */
export async function getSession(ctx: Ctx): Promise<SessionView> {
  return { user: ctx.actor.kind === 'user' ? toCurrentUser(ctx.actor.user) : null }
}
