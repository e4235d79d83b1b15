import type {
  InvitationById,
  InvitationOffer,
  InvitationView,
  ListInvitations,
} from '@galley/contract/platform/invitations'
import type { ByLinkToken } from '@galley/contract/platform/users'
import type { Deleted, Page } from '@galley/contract/primitives'
import { invitations } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import { type Ctx, type SessionCtx, transact } from '../ctx.ts'
import { listPage, placeAt, TimeCursor } from '../cursor.ts'
import { AppError, authorize } from '../errors.ts'
import { canInvite, toInvitationView } from './internal.ts'
import { getInvitationByToken, isOpen, listPending } from './queries.ts'

/** Those that nobody has accepted yet, newest first. */
export function listInvitations(
  ctx: SessionCtx,
  input: ListInvitations,
): Promise<Page<InvitationView>> {
  const isWanted = isOpen(ctx.now())
  return listPage(input, {
    cursor: TimeCursor,
    find: (start) => listPending(ctx.db, isWanted, start),
    count: () => ctx.db.$count(invitations, isWanted),
    toCursor: (row) => placeAt(row.createdAt, row.id),
    toItem: (row) => toInvitationView(ctx, row),
  })
}

/** What the person who has the link is offered; throws `invitation/invalid`. */
export async function getInvitation(ctx: Ctx, { token }: ByLinkToken): Promise<InvitationOffer> {
  const { email, role } = await getInvitationByToken(ctx, ctx.db, token)
  return { email, role }
}

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
