import type { SignUpPolicy } from '@galley/contract/platform/site'
import type { Role } from '@galley/contract/platform/users'
import type { Tx } from '@galley/db/client'
import { invitations, users } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import type { Ctx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import { findInvitationOf } from '../invitations/queries.ts'
import type { UserRow } from './queries.ts'

const roleBy: Record<SignUpPolicy, Role | null> = {
  open: 'author',
  readers: 'reader',
  invite: null,
  closed: null,
}

/** The role of somebody who signs up without an invitation; throws `user/sign-up-closed`, `user/invitation-required`. */
export function newcomerRole({ site }: Ctx): Role {
  const role = roleBy[site.signUp]
  if (role !== null) return role
  throw new AppError(site.signUp === 'closed' ? 'user/sign-up-closed' : 'user/invitation-required')
}

/** The same where the address is proved to be the person's: an invitation of it counts. */
export async function provenNewcomerRole(ctx: Ctx, tx: Tx, email: string): Promise<Role> {
  if (ctx.site.signUp === 'closed') return newcomerRole(ctx)
  const invitation = await findInvitationOf(tx, email, ctx.now())
  return invitation?.role ?? newcomerRole(ctx)
}

/** The address of this account was proved: an invitation of it is used up, and gives its role. */
export async function acceptInvitation(ctx: Ctx, tx: Tx, user: UserRow): Promise<void> {
  const invitation = await findInvitationOf(tx, user.email, ctx.now())
  if (!invitation) return
  const { id, role } = invitation
  await tx.delete(invitations).where(eq(invitations.id, id))
  await tx.update(users).set({ role }).where(eq(users.id, user.id))
  await recordAudit(ctx, tx, {
    action: 'invitation.accepted',
    target: { type: 'invitation', id },
    subjectId: user.id,
    before: { role: user.role },
    after: { role },
  })
}
