import type { UserByUsername } from '@galley/contract/platform/users'
import type { Profile } from '@galley/contract/publishing/profiles'
import { articles, follows, users } from '@galley/db/schema'
import { viewerId } from '@galley/platform/ctx'
import { AppError, isAllowed } from '@galley/platform/errors'
import { canEditProfile } from '@galley/platform/users/update-profile'
import { bylineColumns, toByline } from '@galley/platform/users/queries'
import { and, eq, isNotNull, sql } from 'drizzle-orm'
import type { Ctx } from '../ctx.ts'
import { isFollowable } from '../follows/change.ts'

/** A person's public page. */
export async function getProfile(ctx: Ctx, input: UserByUsername): Promise<Profile> {
  const [row] = await ctx.db
    .select({
      id: users.id,
      ...bylineColumns,
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
  const can = { follow: isFollowable(ctx, row), edit: isAllowed(canEditProfile(ctx.actor, row)) }
  return { ...row, ...toByline(row), createdAt: row.createdAt.toISOString(), can }
}
