import type { SignUpPolicy } from '@galley/contract/platform/site'
import type { Role } from '@galley/contract/platform/users'
import type { Tx } from '@galley/db/client'
import { isUniqueViolation } from '@galley/db/errors'
import { recordAudit } from '../../audit/record.ts'
import type { Ctx } from '../../ctx.ts'
import { AppError } from '../../errors.ts'
import { lockInvitationOf } from '../../invitations/queries.ts'
import { enqueueEmail } from '../../mail/enqueue-email.ts'
import { findUserByEmail } from '../queries.ts'

/** Usernames are public, so the error may say that one is taken. */
export function usernameTaken(cause?: unknown): AppError {
  const fields = [{ path: 'username', message: 'Taken by another account.' }]
  return new AppError('user/username-taken', { cause, fields })
}

/** For the `catch` of a statement that writes a username. */
export function throwUsernameTaken(error: unknown): never {
  throw isUniqueViolation(error, 'users_username_key') ? usernameTaken(error) : error
}

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
  const invitation = await lockInvitationOf(tx, email, ctx.now())
  return invitation?.role ?? newcomerRole(ctx)
}

/** Somebody wanted an account with this address, which has one: only who reads its mail may learn that. */
export async function notifyAccountOwner(ctx: Ctx, tx: Tx, email: string) {
  const owner = await findUserByEmail(tx, email)
  if (!owner) return
  const userId = owner.id
  await recordAudit(ctx, tx, {
    action: 'user.sign-up-refused',
    target: { type: 'user', id: userId },
    subjectId: userId,
  })
  await enqueueEmail(ctx, tx, { letter: 'account-exists', userId })
}
