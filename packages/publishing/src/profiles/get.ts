import type { UserByUsername } from '@galley/contract/platform/users'
import type { Profile } from '@galley/contract/publishing/profiles'
import { articleAuthors, follows, users } from '@galley/db/schema'
import { viewerId } from '@galley/platform/ctx'
import { AppError, isAllowed } from '@galley/platform/errors'
import { canEditProfile } from '@galley/platform/users/update-profile'
import { bylineColumns, findUsernameAfter, toByline } from '@galley/platform/users/queries'
import { and, eq, isNotNull, sql } from 'drizzle-orm'
import type { Ctx } from '../ctx.ts'
import { isFollowable } from '../follows/change.ts'

/** A person's public page, by their username or one that they had; `username` in the view says which they have now. */
export async function getProfile(ctx: Ctx, { username }: UserByUsername): Promise<Profile> {
  const row = (await findProfile(ctx, username)) ?? (await findRenamed(ctx, username))
  if (!row) throw new AppError('user/not-found')
  const can = { follow: isFollowable(ctx, row), edit: isAllowed(canEditProfile(ctx.actor, row)) }
  return { ...row, ...toByline(row), createdAt: row.createdAt.toISOString(), can }
}

/** Looked for only where nobody has the name today. */
async function findRenamed(ctx: Ctx, former: string) {
  const username = await findUsernameAfter(ctx.db, former)
  return username === null ? null : findProfile(ctx, username)
}

async function findProfile(ctx: Ctx, username: string) {
  const [row] = await ctx.db
    .select({
      id: users.id,
      ...bylineColumns,
      bio: users.bio,
      createdAt: users.createdAt,
      articleCount: ctx.db.$count(
        articleAuthors,
        and(eq(articleAuthors.userId, users.id), isNotNull(articleAuthors.publishedAt)),
      ),
      followerCount: ctx.db.$count(follows, eq(follows.followedId, users.id)),
      followedCount: ctx.db.$count(follows, eq(follows.followerId, users.id)),
      following: sql<boolean>`exists (select 1 from ${follows}
        where ${follows.followedId} = ${users.id} and ${follows.followerId} = ${viewerId(ctx.actor)})`,
    })
    .from(users)
    .where(and(eq(users.username, username), isNotNull(users.emailVerifiedAt)))
  return row ?? null
}
