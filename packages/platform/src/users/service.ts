import type { CurrentUser, UpdateProfile } from '@galley/contract/platform/users'
import { users } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import type { AuthedCtx } from '../ctx.ts'
import { authorize } from '../errors.ts'
import { only } from '../rows.ts'
import { toCurrentUser } from '../sessions/service.ts'
import { canEditProfile } from './policy.ts'
import { throwUsernameTaken } from './taken.ts'

export { createAdmin, promoteToAdmin } from './admins.ts'
export { canEditProfile } from './policy.ts'
export {
  listUsers,
  resetSecondFactor,
  restoreUser,
  revokeUserSessions,
  setRole,
  suspendUser,
} from './manage.ts'
export { activateUser } from './activate.ts'
export { confirmEmailChange, requestEmailChange } from './change-email.ts'
export { createUserForIdentity } from './identity-sign-up.ts'
export { rememberSignUp } from './pending.ts'
export { createUser } from './sign-up.ts'
export { rolesForNewcomers } from './policy.ts'
export { linkFailure, mailLink } from './mailed-links.ts'
export { resendVerification, verifyEmail } from './verify.ts'

/** Changes the given fields of the caller's own profile; throws `user/username-taken`. */
export async function updateProfile(ctx: AuthedCtx, input: UpdateProfile): Promise<CurrentUser> {
  const { user } = ctx.actor
  authorize(canEditProfile(ctx.actor, user), 'user/suspended')
  const change = { ...input, updatedAt: ctx.now() }
  const rows = await ctx.db
    .update(users)
    .set(change)
    .where(eq(users.id, user.id))
    .returning()
    .catch(throwUsernameTaken)
  return toCurrentUser(only(rows))
}
