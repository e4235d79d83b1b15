import type { Page } from '@galley/contract/primitives'
import type { FollowPerson, ListFollows } from '@galley/contract/publishing/engagement'
import type { Db } from '@galley/db/client'
import { follows, users } from '@galley/db/schema'
import { viewerId } from '@galley/platform/ctx'
import { listPage, olderThan, placeAt, TimeCursor, type Start } from '@galley/platform/cursor'
import { isAllowed } from '@galley/platform/errors'
import { getUserByUsername } from '@galley/platform/users/queries'
import { and, desc, eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Ctx } from '../ctx.ts'
import { canFollow } from './policy.ts'

/** Who follows a person: public, as their number is. */
export const listFollowers = (ctx: Ctx, input: ListFollows) =>
  listPeople(ctx, input, { of: follows.followedId, shown: follows.followerId })

/** Whom a person follows: public, as their number is. */
export const listFollowing = (ctx: Ctx, input: ListFollows) =>
  listPeople(ctx, input, { of: follows.followerId, shown: follows.followedId })

/** The person that a list is of, and the people that it shows. */
type Ends = { of: End; shown: End }
type End = typeof follows.followerId | typeof follows.followedId

async function listPeople(ctx: Ctx, input: ListFollows, ends: Ends): Promise<Page<FollowPerson>> {
  const { id: personId } = await getUserByUsername(ctx.db, input.username)
  const viewer = viewerId(ctx.actor)
  return listPage(input, {
    cursor: TimeCursor,
    find: (start) => findPeople(ctx.db, { personId, viewer, ...start }, ends),
    count: () => ctx.db.$count(follows, eq(ends.of, personId)),
    toCursor: (row) => placeAt(row.followedAt, row.id),
    toItem: ({ username, displayName, bio, following, id }) => {
      const can = { follow: isAllowed(canFollow(ctx.actor, { id })) }
      return { username, displayName, bio, following, can }
    },
  })
}

type Values = Start & { personId: string; viewer: string | null }

const own = alias(follows, 'own')

/** Last added first. */
const findPeople = (
  db: Db,
  { personId, viewer, after, offset, limit }: Values,
  { of, shown }: Ends,
) =>
  db
    .select({
      id: users.id,
      username: users.username,
      displayName: users.displayName,
      bio: users.bio,
      followedAt: follows.createdAt,
      following: sql<boolean>`${own.followerId} is not null`,
    })
    .from(follows)
    .innerJoin(users, eq(users.id, shown))
    .leftJoin(own, and(eq(own.followedId, users.id), eq(own.followerId, sql`${viewer}::uuid`)))
    .where(and(eq(of, personId), olderThan([follows.createdAt, shown], after)))
    .orderBy(desc(follows.createdAt), desc(shown))
    .offset(offset)
    .limit(limit)
