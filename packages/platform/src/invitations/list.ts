import type { InvitationView, ListInvitations } from '@galley/contract/platform/invitations'
import type { Page } from '@galley/contract/primitives'
import { invitations } from '@galley/db/schema'
import type { SessionCtx } from '../ctx.ts'
import { listPage, placeAt, TimeCursor } from '../cursor.ts'
import { isOpen, listPending } from './queries.ts'
import { toInvitationView } from './view.ts'

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
