import type { InvitationById } from '@galley/contract/platform/invitations'
import type { Deleted } from '@galley/contract/primitives'
import { invitations } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import { transact, type SessionCtx } from '../ctx.ts'
import { AppError, authorize } from '../errors.ts'
import { canInvite } from './internal.ts'

/** Takes an invitation back: its link stops working. */
export function deleteInvitation(ctx: SessionCtx, { id }: InvitationById): Promise<Deleted> {
  return transact(ctx, async (tx) => {
    const [row] = await tx.select().from(invitations).where(eq(invitations.id, id)).for('update')
    if (!row) throw new AppError('invitation/not-found')
    authorize(canInvite(ctx.actor, row.role))
    await tx.delete(invitations).where(eq(invitations.id, id))
    await recordAudit(ctx, tx, {
      action: 'invitation.deleted',
      target: { type: 'invitation', id },
      before: { email: row.email, role: row.role },
    })
    return { id }
  })
}
