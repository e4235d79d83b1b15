import type {
  CreateInvitation,
  InvitationById,
  InvitationOffer,
  InvitationView,
  ListInvitations,
} from '@galley/contract/platform/invitations'
import type { Deleted, Page } from '@galley/contract/primitives'
import type { ByLinkToken } from '@galley/contract/platform/users'
import { invitations, users } from '@galley/db/schema'
import { and, eq, isNotNull } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import { transact, type Ctx, type SessionCtx } from '../ctx.ts'
import { decodeCursor, pageOf, TimeCursor } from '../cursor.ts'
import { AppError, authorize } from '../errors.ts'
import { enqueueEmail } from '../mail/enqueue-email.ts'
import { only } from '../rows.ts'
import { getInvitationByToken, listPending, type InvitationRow } from './queries.ts'
import { canInvite } from './policy.ts'

const INVITATION_DAYS = 7

/**
 * Invites somebody by mail. Another invitation of the same address takes the place of the first and is mailed again.
 * Throws `user/forbidden` for a role that the caller may not give, `invitation/has-account`.
 */
export async function createInvitation(
  ctx: SessionCtx,
  { email, role }: CreateInvitation,
): Promise<InvitationView> {
  authorize(canInvite(ctx.actor, role), 'user/forbidden')
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

/** Those that nobody has accepted yet, newest first. */
export async function listInvitations(
  ctx: SessionCtx,
  { cursor, limit }: ListInvitations,
): Promise<Page<InvitationView>> {
  const after = decodeCursor(TimeCursor, cursor)
  const rows = await listPending(ctx.db, { after, limit: limit + 1, now: ctx.now() })
  return pageOf(
    rows,
    limit,
    (row) => [row.createdAt.getTime(), row.id],
    (row) => toInvitationView(ctx, row),
  )
}

/** Takes an invitation back: its link stops working. */
export function deleteInvitation(ctx: SessionCtx, { id }: InvitationById): Promise<Deleted> {
  return transact(ctx, async (tx) => {
    const [row] = await tx.select().from(invitations).where(eq(invitations.id, id)).for('update')
    if (!row) throw new AppError('invitation/not-found')
    authorize(canInvite(ctx.actor, row.role), 'user/forbidden')
    await tx.delete(invitations).where(eq(invitations.id, id))
    await recordAudit(ctx, tx, {
      action: 'invitation.deleted',
      target: { type: 'invitation', id },
      before: { email: row.email, role: row.role },
    })
    return { id }
  })
}

/** What the person who has the link is offered; throws `invitation/invalid`. */
export async function getInvitation(ctx: Ctx, { token }: ByLinkToken): Promise<InvitationOffer> {
  const { email, role } = await getInvitationByToken(ctx, ctx.db, token)
  return { email, role }
}

const toInvitationView = (ctx: SessionCtx, row: InvitationRow): InvitationView => ({
  id: row.id,
  email: row.email,
  role: row.role,
  invitedBy: row.invitedBy,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  can: { delete: canInvite(ctx.actor, row.role) },
})
