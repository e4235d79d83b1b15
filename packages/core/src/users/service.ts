import type {
  Accepted,
  CreateUser,
  CurrentUser,
  Profile,
  UpdateProfile,
  UserByUsername,
} from '@galley/contract/users'
import { isUniqueViolation } from '@galley/db/errors'
import { articles, follows, users } from '@galley/db/schema'
import { and, eq, sql } from 'drizzle-orm'
import { viewerId, type AuthedCtx, type Ctx } from '../ctx.ts'
import { AppError, authorize } from '../errors.ts'
import { only } from '../rows.ts'
import { toCurrentUser } from '../sessions/service.ts'
import { canEditProfile, canFollow } from './policy.ts'

/** Sign-up. */
export async function createUser(_ctx: Ctx, _input: CreateUser): Promise<Accepted> {
  throw new Error('createUser')
}

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
    .where(eq(users.username, input.username))
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
    .catch(throwTaken)
  return toCurrentUser(only(rows))
}

function throwTaken(error: unknown): never {
  if (!isUniqueViolation(error, 'users_username_key')) throw error
  const fields = [{ path: 'username', message: 'Taken by another account.' }]
  throw new AppError('user/username-taken', { cause: error, fields })
}

export {
  verifyEmail,
  resendVerification,
  requestEmailChange,
  confirmEmailChange,
  listUsers,
  setRole,
  suspendUser,
  restoreUser,
  revokeUserSessions,
} from './stubs.ts'
