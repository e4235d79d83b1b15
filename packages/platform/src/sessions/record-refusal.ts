import { recordAudit } from '../audit/record.ts'
import { transact, type Ctx } from '../ctx.ts'

/**
 * Writes down that somebody could not prove that they are this person, in a transaction of its own: what was tried is
 * rolled back. `undefined` is an account that nobody knows.
 */
export function recordRefusal(
  ctx: Ctx,
  userId: string | undefined,
  action: 'session.refused' | 'second-factor.refused' | 'session.step-up-refused',
): Promise<void> {
  return transact(ctx, (tx) =>
    recordAudit(ctx, tx, {
      action,
      target: { type: 'user', id: userId ?? 'unknown' },
      subjectId: userId,
    }),
  )
}
