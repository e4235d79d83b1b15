import type { CurrentUser, Profile, UpdateProfile, UserByUsername } from '@galley/contract/users'
import { articles, follows, users } from '@galley/db/schema'
import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { viewerId, type AuthedCtx, type Ctx } from '../ctx.ts'
import { AppError, authorize } from '../errors.ts'
import { only } from '../rows.ts'
import { toCurrentUser } from '../sessions/service.ts'
import { canEditProfile, canFollow } from './policy.ts'
import { throwUsernameTaken } from './taken.ts'

export { createAdmin, promoteToAdmin } from './admins.ts'
export { canFollow } from './policy.ts'
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

/** A person's public page. */
export async function getProfile(ctx: Ctx, input: UserByUsername): Promise<Profile> {
  const [row] = await ctx.db
    .select({
      id: users.id,
      username: users.username,
      displayName: users.displayName,
      bio: users.bio,
      createdAt: users.createdAt,
      articleCount: ctx.db.$count(
        articles,
        and(eq(articles.authorId, users.id), eq(articles.status, 'published')),
      ),
      followerCount: ctx.db.$count(follows, eq(follows.followedId, users.id)),
      followedCount: ctx.db.$count(follows, eq(follows.followerId, users.id)),
      following: sql<boolean>`exists (select 1 from ${follows}
        where ${follows.followedId} = ${users.id} and ${follows.followerId} = ${viewerId(ctx.actor)})`,
    })
    .from(users)
    .where(and(eq(users.username, input.username), isNotNull(users.emailVerifiedAt)))
  if (!row) throw new AppError('user/not-found')
  const can = { follow: canFollow(ctx.actor, row), edit: canEditProfile(ctx.actor, row) }
  return { ...row, createdAt: row.createdAt.toISOString(), can }
}

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
