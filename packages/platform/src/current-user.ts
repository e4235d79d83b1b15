import type { SessionUser } from '@galley/auth/sessions'
import type { CurrentUser } from '@galley/contract/platform/users'
import { mayAdminister, mayManageUsers, mayWrite, secondFactorDue } from './actor.ts'

/** Field by field: what else a row may hold does not leave. */
export const toCurrentUser = (user: SessionUser): CurrentUser => ({
  id: user.id,
  email: user.email,
  username: user.username,
  displayName: user.displayName,
  bio: user.bio,
  role: user.role,
  status: user.status,
  reviewSince: user.reviewSince?.toISOString() ?? null,
  secondFactorDue: secondFactorDue(user)?.toISOString() ?? null,
  can: {
    write: mayWrite(user),
    manageUsers: mayManageUsers(user),
    administer: mayAdminister(user),
  },
})
