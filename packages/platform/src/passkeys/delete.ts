import type { PasskeyById } from '@galley/contract/platform/passkeys'
import type { Accepted } from '@galley/contract/platform/users'
import { passkeys } from '@galley/db/schema'
import { and, eq } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import { hasOtherSignInMethod } from '../credentials/queries.ts'
import type { SessionCtx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import type { Granted } from '../grant.ts'
import { withRotatedSession } from '../sessions/own-session.ts'
import { revokeAccess } from '../sessions/revoke-access.ts'

/** All other sessions end: the passkey may be deleted because it is lost. */
export async function deletePasskey(
  ctx: SessionCtx,
  { id }: PasskeyById,
): Promise<Granted<Accepted>> {
  const { user, via } = ctx.actor
  return withRotatedSession(ctx, async (tx) => {
    const keepsWayIn = await hasOtherSignInMethod(tx, user.id, { kind: 'passkey', id })
    const [row] = await tx
      .delete(passkeys)
      .where(and(eq(passkeys.id, id), eq(passkeys.userId, user.id)))
      .returning()
    if (!row) throw new AppError('passkey/not-found')
    if (!keepsWayIn) throw new AppError('credential/last-way-in')
    await revokeAccess(ctx, tx, user.id, { except: via.sessionId })
    await recordAudit(ctx, tx, {
      action: 'passkey.deleted',
      target: { type: 'passkey', id },
      subjectId: user.id,
      before: { name: row.name },
    })
    return { accepted: true }
  })
}
