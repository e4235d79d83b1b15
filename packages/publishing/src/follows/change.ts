import type { FollowUser, FollowView } from '@galley/contract/publishing/follows'
import type { Tx } from '@galley/db/client'
import { follows } from '@galley/db/schema'
import { transact } from '@galley/platform/ctx'
import { authorize, isAllowed } from '@galley/platform/errors'
import { only } from '@galley/platform/rows'
import { getUserByUsername, type UserRow } from '@galley/platform/users/queries'
import { and, count, eq } from 'drizzle-orm'
import type { AuthedCtx, Ctx } from '../ctx.ts'
import { canFollow } from './policy.ts'

/** The caller follows a person from now on. */
export function createFollow(ctx: AuthedCtx, input: FollowUser): Promise<FollowView> {
  return transact(ctx, async (tx) => {
    const followed = await getPersonToFollow(ctx, tx, input)
    await tx
      .insert(follows)
      .values({ followerId: ctx.actor.user.id, followedId: followed.id, createdAt: ctx.now() })
      .onConflictDoNothing()
    return toFollowView(tx, followed, true)
  })
}

/** The caller no longer follows a person. */
export function deleteFollow(ctx: AuthedCtx, input: FollowUser): Promise<FollowView> {
  return transact(ctx, async (tx) => {
    const followed = await getPersonToFollow(ctx, tx, input)
    await tx
      .delete(follows)
      .where(and(eq(follows.followerId, ctx.actor.user.id), eq(follows.followedId, followed.id)))
    return toFollowView(tx, followed, false)
  })
}

async function getPersonToFollow(ctx: AuthedCtx, tx: Tx, input: FollowUser): Promise<UserRow> {
  const person = await getUserByUsername(tx, input.username)
  authorize(canFollow(ctx.actor, person))
  return person
}

async function toFollowView(tx: Tx, followed: UserRow, following: boolean): Promise<FollowView> {
  const { followerCount } = only(
    await tx
      .select({ followerCount: count() })
      .from(follows)
      .where(eq(follows.followedId, followed.id)),
  )
  return { username: followed.username, following, followerCount }
}

/** Whether the caller may follow a person whom another slice has read. */
export const isFollowable = (ctx: Ctx, person: { id: string }) =>
  isAllowed(canFollow(ctx.actor, person))
