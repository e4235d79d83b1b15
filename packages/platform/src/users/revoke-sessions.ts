import type { Revoked } from '@galley/contract/platform/sessions'
import type { UserById } from '@galley/contract/platform/users'
import { recordAudit } from '../audit/record.ts'
import type { SessionCtx } from '../ctx.ts'
import { authorize } from '../errors.ts'
import { revokeAccess } from '../sessions/revoke-access.ts'
import { manage } from './internal/manage.ts'
import { canManage } from './policy.ts'

/** Signs a person out everywhere, and their API clients: personal tokens end too. Counts sessions. */
export async function revokeUserSessions(ctx: SessionCtx, { id }: UserById): Promise<Revoked> {
  let count = 0
  await manage(ctx, id, async (tx, manager, person) => {
    authorize(canManage(manager.actor, person))
    const ended = await revokeAccess(ctx, tx, id, { personalTokens: true })
    count = ended.sessions
    const target = { type: 'user', id }
    await recordAudit(ctx, tx, {
      action: 'user.sessions-revoked',
      target,
      subjectId: id,
      after: { count },
    })
  })
  return { count }
}
