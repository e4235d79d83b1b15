import type { Page } from '@galley/contract/primitives'
import type { FollowPerson, ListFollows } from '@galley/contract/publishing/engagement'
import type { Db } from '@galley/db/client'
import { follows, users } from '@galley/db/schema'
import { viewerId } from '@galley/platform/ctx'
import { isAllowed } from '@galley/platform/errors'
import { countListed } from '@galley/platform/count-listed'
import {
  byId,
  byTime,
  comesAfter,
  inOrder,
  listSorted,
  type Order,
  reversed,
  type SortedStart,
} from '@galley/platform/order'
import { bylineColumns, getUserByUsername, toByline } from '@galley/platform/users/queries'
import { and, eq, sql } from 'drizzle-orm'
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
  const oldest: Order<{ id: string; followedAt: Date }> = [
    byTime(follows.createdAt, (row) => row.followedAt),
    byId(ends.shown, (row) => row.id),
  ]
  return listSorted(input, {
    orders: { newest: reversed(oldest), oldest },
    byDefault: 'newest',
    find: (start) => findPeople(ctx.db, { personId, viewer, ...start }, ends),
    count: () => countListed(ctx.db, follows, eq(ends.of, personId)),
    toItem: ({ id, bio, following, ...person }) => {
      const can = { follow: isAllowed(canFollow(ctx.actor, { id })) }
      return { ...toByline(person), bio, following, can }
    },
  })
}

type Values = SortedStart & { personId: string; viewer: string | null }

const own = alias(follows, 'own')

const findPeople = (
  db: Db,
  { personId, viewer, order, after, offset, limit }: Values,
  { of, shown }: Ends,
) =>
  db
    .select({
      id: users.id,
      ...bylineColumns,
      bio: users.bio,
      followedAt: follows.createdAt,
      following: sql<boolean>`${own.followerId} is not null`,
    })
    .from(follows)
    .innerJoin(users, eq(users.id, shown))
    .leftJoin(own, and(eq(own.followedId, users.id), eq(own.followerId, sql`${viewer}::uuid`)))
    .where(and(eq(of, personId), comesAfter(order, after)))
    .orderBy(...inOrder(order))
    .offset(offset)
    .limit(limit)
