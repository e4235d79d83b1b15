import type { Page } from '@galley/contract/primitives'
import type { FollowPerson, ListFollows } from '@galley/contract/publishing/follows'
import type { Db } from '@galley/db/client'
import { follows, users } from '@galley/db/schema'
import { viewerId } from '@galley/platform/ctx'
import { decodeCursor, pageOf, TimeCursor } from '@galley/platform/cursor'
import { isAllowed } from '@galley/platform/errors'
import { getUserByUsername } from '@galley/platform/users/queries'
import { and, desc, eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Ctx } from '../ctx.ts'
import { canFollow } from './policy.ts'

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
      can: { follow: isAllowed(canFollow(ctx.actor, row)) },
    }),
  )
}

type Values = {
  personId: string
  viewer: string | null
  after: TimeCursor | null
  limit: number
}

const listFollowersOf = (db: Db, values: Values) =>
  selectPeople(db, values, { of: follows.followedId, shown: follows.followerId })

const listFollowedBy = (db: Db, values: Values) =>
  selectPeople(db, values, { of: follows.followerId, shown: follows.followedId })

type End = typeof follows.followerId | typeof follows.followedId

const own = alias(follows, 'own')

function selectPeople(
  db: Db,
  { personId, viewer, after, limit }: Values,
  { of, shown }: { of: End; shown: End },
) {
  const isBefore =
    after &&
    sql`(${follows.createdAt}, ${shown}) < (${new Date(after[0]).toISOString()}::timestamptz, ${after[1]}::uuid)`
  return db
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
    .where(and(eq(of, personId), isBefore ?? undefined))
    .orderBy(desc(follows.createdAt), desc(shown))
    .limit(limit)
}
