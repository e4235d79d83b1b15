import type { CreateInvitation, InvitationView } from '@galley/contract/platform/invitations'
import { invitations, users } from '@galley/db/schema'
import type { Email } from '@galley/mail/mailer'
import { and, eq, isNotNull } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import { type Ctx, type SessionCtx, transact } from '../ctx.ts'
import { AppError, authorize } from '../errors.ts'
import { type EmailJob, emailLink } from '../mail/email-link.ts'
import { enqueueEmail } from '../mail/enqueue-email.ts'
import { only } from '../rows.ts'
import { canInvite, toInvitationView } from './internal.ts'
import { isOpen } from './queries.ts'

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

const asRole = { reader: 'a reader', author: 'an author', editor: 'an editor', admin: 'an admin' }

/** The mail of an invitation; null where it was withdrawn or has expired. It names nobody: the address is not proved yet. */
export async function invitationEmail(
  ctx: Ctx,
  { invitationId }: { invitationId: string },
  job: EmailJob,
): Promise<Email | null> {
  const [row] = await ctx.db
    .select()
    .from(invitations)
    .where(and(eq(invitations.id, invitationId), isOpen(ctx.now())))
  const minutes = row ? Math.floor((row.expiresAt.getTime() - ctx.now().getTime()) / 60_000) : 0
  if (!row || minutes <= 0) return null
  const link = { letter: 'invitation', label: 'Accept the invitation', data: { invitationId } }
  const action = await emailLink(ctx, { ...link, minutes }, job)
  if (!action) return null
  const { site } = ctx
  const last = row.expiresAt.toISOString().slice(0, 10)
  return {
    to: row.email,
    subject: `An invitation to ${site.name}`,
    paragraphs: [
      'Hello,',
      `you are invited to join ${site.name} as ${asRole[row.role]}. The link works until ${last}.`,
      'If you did not expect this, do nothing.',
    ],
    action,
  }
}
