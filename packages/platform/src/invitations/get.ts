import type { InvitationOffer } from '@galley/contract/platform/invitations'
import type { ByLinkToken } from '@galley/contract/platform/users'
import type { Ctx } from '../ctx.ts'
import { getInvitationByToken } from './queries.ts'

/** What the person who has the link is offered; throws `invitation/invalid`. */
export async function getInvitation(ctx: Ctx, { token }: ByLinkToken): Promise<InvitationOffer> {
  const { email, role } = await getInvitationByToken(ctx, ctx.db, token)
  return { email, role }
}
