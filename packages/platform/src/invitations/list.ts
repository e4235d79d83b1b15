import type {
  InvitationOffer,
  InvitationView,
  ListInvitations,
} from '@galley/contract/platform/invitations'
import type { ByLinkToken } from '@galley/contract/platform/users'
import type { Page } from '@galley/contract/primitives'
import { invitations } from '@galley/db/schema'
import type { Ctx, SessionCtx } from '../ctx.ts'
import { listPage, placeAt, TimeCursor } from '../cursor.ts'
import { toInvitationView } from './internal.ts'
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
