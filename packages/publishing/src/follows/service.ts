import type {
  FollowPerson,
  FollowUser,
  FollowView,
  ListFollows,
} from '@galley/contract/publishing/follows'
import type { Page } from '@galley/contract/primitives'
import type { Tx } from '@galley/db/client'
import { follows } from '@galley/db/schema'
import { and, count, eq } from 'drizzle-orm'
import { isActive } from '@galley/platform/actor'
import { transact, viewerId } from '@galley/platform/ctx'
import type { AuthedCtx, Ctx } from '../ctx.ts'
import { decodeCursor, pageOf, TimeCursor } from '@galley/platform/cursor'
import { AppError, authorize } from '@galley/platform/errors'
import { only } from '@galley/platform/rows'
import { getUserByUsername, type UserRow } from '@galley/platform/users/queries'
import { canFollow } from './policy.ts'
import { listFollowedBy, listFollowersOf } from './queries.ts'

export { canFollow } from './policy.ts'

/** Who follows a person: public, as their number is. */
export const listFollowers = (ctx: Ctx, input: ListFollows) =>
  listPeople(ctx, input, listFollowersOf)

/** Whom a person follows: public, as their number is. */
export const listFollowing = (ctx: Ctx, input: ListFollows) =>
  listPeople(ctx, input, listFollowedBy)

async function listPeople(
  ctx: Ctx,
  { username, cursor, limit }: ListFollows,
  list: typeof listFollowersOf,
): Promise<Page<FollowPerson>> {
  const after = decodeCursor(TimeCursor, cursor)
  const { id: personId } = await getUserByUsername(ctx.db, username)
  const rows = await list(ctx.db, {
    personId,
    viewer: viewerId(ctx.actor),
    after,
    limit: limit + 1,
  })
  return pageOf(
    rows,
    limit,
    (row) => [row.followedAt.getTime(), row.id],
    ({ displayName, bio, following, ...row }) => ({
      username: row.username,
      displayName,
      bio,
      following,
      can: { follow: canFollow(ctx.actor, row) },
    }),
  )
}

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
  authorize(isActive(ctx.actor), 'user/suspended')
  if (person.id === ctx.actor.user.id) throw new AppError('follow/self')
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
