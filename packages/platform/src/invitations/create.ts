import type { CreateInvitation, InvitationView } from '@galley/contract/platform/invitations'
import { invitations, users } from '@galley/db/schema'
import { and, eq, isNotNull } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import { transact, type SessionCtx } from '../ctx.ts'
import { AppError, authorize } from '../errors.ts'
import { enqueueEmail } from '../mail/enqueue-email.ts'
import { only } from '../rows.ts'
import { canInvite } from './policy.ts'
import { toInvitationView } from './view.ts'

const INVITATION_DAYS = 7

/**
 * Invites somebody by mail. Another invitation of the same address takes the place of the first and is mailed again.
 * Throws `user/forbidden` for a role that the caller may not give, `invitation/has-account`.
 */
export async function createInvitation(
  ctx: SessionCtx,
  { email, role }: CreateInvitation,
): Promise<InvitationView> {
  authorize(canInvite(ctx.actor, role))
  return transact(ctx, async (tx) => {
    const taken = await tx.$count(
      users,
      and(eq(users.email, email), isNotNull(users.emailVerifiedAt)),
    )
    if (taken > 0) throw new AppError('invitation/has-account')
    const now = ctx.now()
    const invitedBy = ctx.actor.user.id
    const expiresAt = new Date(now.getTime() + INVITATION_DAYS * 86_400_000)
    const change = { role, invitedBy, createdAt: now, expiresAt }
    const row = only(
      await tx
        .insert(invitations)
        .values({ email, ...change })
        .onConflictDoUpdate({ target: invitations.email, set: change })
        .returning(),
    )
    await recordAudit(ctx, tx, {
      action: 'invitation.created',
      target: { type: 'invitation', id: row.id },
      after: { email, role },
    })
    await enqueueEmail(ctx, tx, { letter: 'invitation', invitationId: row.id })
    return toInvitationView(ctx, { ...row, invitedBy: ctx.actor.user.username })
  })
}
