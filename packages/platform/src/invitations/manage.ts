import type {
  InvitationById,
  InvitationOffer,
  InvitationOrder,
  InvitationView,
  ListInvitations,
} from '@galley/contract/platform/invitations'
import type { ByLinkToken } from '@galley/contract/platform/users'
import type { Deleted, Page } from '@galley/contract/primitives'
import { invitations } from '@galley/db/schema'
import { and, eq } from 'drizzle-orm'
import type { z } from 'zod'
import { recordAudit } from '../audit/record.ts'
import { type Ctx, type SessionCtx, transact } from '../ctx.ts'
import { countListed } from '../count-listed.ts'
import { byId, byTime, listSorted, type Order, type Orders, reversed } from '../order.ts'
import { AppError, authorize } from '../errors.ts'
import { canInvite, toInvitationView } from './internal.ts'
import { getInvitationByToken, type InvitationRow, isOpen, listPending } from './queries.ts'

/** Those that nobody has accepted yet. */
export function listInvitations(
  ctx: SessionCtx,
  input: ListInvitations,
): Promise<Page<InvitationView>> {
  const isWanted = and(isOpen(ctx.now()), input.role && eq(invitations.role, input.role))
  return listSorted(input, {
    orders,
    byDefault: 'newest',
    find: (start) => listPending(ctx.db, isWanted, start),
    count: () => countListed(ctx.db, invitations, isWanted),
    toItem: (row) => toInvitationView(ctx, row),
  })
}

const id = byId(invitations.id, (row: InvitationRow) => row.id)
const oldest: Order<InvitationRow> = [byTime(invitations.createdAt, (row) => row.createdAt), id]

const orders: Orders<z.output<typeof InvitationOrder>, InvitationRow> = {
  newest: reversed(oldest),
  oldest,
  expires: [byTime(invitations.expiresAt, (row) => row.expiresAt), id],
}

/** What the person who has the link is offered; throws `invitation/invalid`. */
export async function getInvitation(ctx: Ctx, { token }: ByLinkToken): Promise<InvitationOffer> {
  const { email, role } = await getInvitationByToken(ctx, token)
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
