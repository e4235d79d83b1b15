import type { SessionView } from '@galley/contract/platform/sessions'
import { recordAudit } from '../audit/record.ts'
import { transact, type Ctx } from '../ctx.ts'
import type { Grant, Granted } from '../grant.ts'
import { endOwnSession } from './own-session.ts'

/** Sign-out. Repeating it changes nothing. */
export async function deleteSession(ctx: Ctx): Promise<Granted<SessionView>> {
  const { actor } = ctx
  if (actor.kind === 'user') {
    await endOwnSession(ctx)
    await transact(ctx, (tx) =>
      recordAudit(ctx, tx, {
        action: 'session.deleted',
        target: { type: 'user', id: actor.user.id },
        subjectId: actor.user.id,
      }),
    )
  }
  return { view: { user: null }, grant: signedOut }
}

/** Nothing of the person stays in the browser that they signed out of (OWASP ASVS 5.0 14.3.1). */
export const signedOut: Grant = { session: null, 'second-factor': null, identity: null }
