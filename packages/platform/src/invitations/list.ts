import type { InvitationView, ListInvitations } from '@galley/contract/platform/invitations'
import type { Page } from '@galley/contract/primitives'
import type { SessionCtx } from '../ctx.ts'
import { decodeCursor, pageOf, TimeCursor } from '../cursor.ts'
import { listPending } from './queries.ts'
import { toInvitationView } from './view.ts'

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
